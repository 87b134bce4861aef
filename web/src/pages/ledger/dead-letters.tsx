import { Button } from 'antd';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';

type Letter = Output<'deadletter.list'>['items'][number];

const columns: Column<Letter>[] = [
  {
    key: 'thread',
    title: 'Conversation',
    card: 'title',
    width: '20%',
    render: ({ channel, thread }) => (
      <span className="clip">
        <ChannelIcon channel={channel} /> {thread}
      </span>
    ),
  },
  {
    key: 'kind',
    title: 'Way',
    width: '10%',
    render: ({ kind }) => (kind === 'inbound' ? 'in' : 'out'),
  },
  { key: 'text', title: 'Message', render: ({ text }) => <span className="wrap">{text || '–'}</span> },
  {
    key: 'error',
    title: 'What went wrong',
    render: ({ error, attempts }) => (
      <span className="wrap late">
        {error} {attempts > 1 && ` (${attempts} attempts)`}
      </span>
    ),
  },
  { key: 'at', title: 'When', width: '12%', render: ({ at }) => <When at={at} /> },
  { key: 'do', title: '', card: 'aside', width: 110, render: (letter) => <Replay letter={letter} /> },
];

export function DeadLetters() {
  const { data, error, refetch } = useAsk('deadletter.list', {}, { keep: true });
  return (
    <Records<Letter>
      label="Dead letters"
      columns={columns}
      items={data?.items}
      error={error}
      retry={() => void refetch()}
      empty={
        <Nothing
          title="No dead letters"
          hint="A message that could not be handled or delivered would stand here with the reason, to be tried again."
        />
      }
    />
  );
}

function Replay({ letter }: { letter: Letter }) {
  const { may } = useSession();
  const { act, busy } = useAct('deadletter.replay', 'It is being tried again.');
  if (!may('deadletter.replay')) return null;
  return (
    <Button size="small" loading={busy} onClick={() => act({ id: letter.id, kind: letter.kind })}>
      Try again
    </Button>
  );
}
