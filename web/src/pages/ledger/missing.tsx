import type { Output } from '../../api/operations.ts';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';

type Message = Output<'ledger.day'>['missing'][number];

const columns: Column<Message>[] = [
  {
    key: 'thread',
    title: 'Conversation',
    card: 'title',
    render: ({ channel, thread }) => (
      <span className="clip">
        <ChannelIcon channel={channel} /> {thread}
      </span>
    ),
  },
  { key: 'at', title: 'Reached us', card: 'aside', render: ({ at }) => <When at={at} /> },
  { key: 'id', title: 'The provider’s id', render: ({ id }) => <span className="wrap">{id}</span> },
];

/** The list of differences: messages that count as handled and stand in no transcript. */
export const MissingMessages = ({ items }: { items: Message[] | undefined }) => (
  <Records<Message>
    label="Messages that are unaccounted for"
    columns={columns}
    items={items}
    empty={<Nothing title="None" hint="Each message of the day was looked up and found." />}
  />
);
