import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { Conversation } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { useSettled } from '../../shared/use-settled.ts';
import { TalkItem } from './talk-item.tsx';

type Filter = 'all' | 'mine' | 'bot';
const filters: { value: Filter; label: string; input: Record<string, unknown> }[] = [
  { value: 'all', label: 'All', input: {} },
  { value: 'mine', label: 'Mine', input: { mine: true } },
  { value: 'bot', label: 'Bot', input: { mode: 'bot' } },
];

const channels = ['email', 'whatsapp', 'facebook', 'instagram', 'webchat', 'sms'].map((value) => ({
  value,
  label: channelLabel(value),
}));

/** Whoever waits for a person comes first, in every filter. */
export function TalkList({ openId }: { openId?: string }) {
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const [assigneeId, setAssigneeId] = useState<string>();
  const [channel, setChannel] = useState<string>();
  const { may } = useSession();
  const words = useSettled(search.trim());
  const narrowed = {
    ...filters.find(({ value }) => value === filter)?.input,
    ...(words && { search: words }),
    ...(assigneeId && { assigneeId }),
    ...(channel && { channel }),
  };
  const waiting = useCursorList<Conversation>(
    'conversation',
    { ...narrowed, waiting: true },
    { enabled: filter !== 'bot' },
  );
  const all = useCursorList<Conversation>('conversation', narrowed);
  const first = filter === 'bot' ? [] : (waiting.items ?? []);
  const others = all.items?.filter(({ id }) => !first.some((talk) => talk.id === id));

  return (
    <section className="talk-list" aria-label="Conversations">
      <div className="talk-list-head">
        <h1>Inbox</h1>
        <Input
          prefix={<SearchOutlined aria-hidden />}
          placeholder="Name, number or words"
          aria-label="Search conversations"
          allowClear
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <Segmented
          block
          options={filters.map(({ value, label }) => ({ value, label }))}
          value={filter}
          onChange={setFilter}
        />
        {may('lead.assign') && (
          <div className="talk-list-whose">
            <PersonSelect allowClear placeholder="Anybody’s" value={assigneeId} onChange={setAssigneeId} />
            <Select
              allowClear
              placeholder="Any channel"
              aria-label="Channel"
              value={channel}
              onChange={setChannel}
              options={channels}
            />
          </div>
        )}
      </div>
      <div className="talk-list-body">
        {all.error && !all.items ? (
          <Failure error={all.error} retry={all.refetch} />
        ) : !others ? (
          <Skeleton active paragraph={{ rows: 8 }} title={false} style={{ padding: 16 }} />
        ) : !first.length && !others.length ? (
          <Nothing
            title={words ? `Nothing found for “${words}”` : 'No conversations yet'}
            hint={
              words
                ? 'Try a part of the name or the number.'
                : 'When a customer writes on any channel, the conversation appears here at once.'
            }
          />
        ) : (
          <>
            <Group title="Waiting for a person" talks={first} openId={openId} />
            <Group title={first.length ? 'Others' : undefined} talks={others} openId={openId} />
            {all.more.has && (
              <Button block type="text" loading={all.more.loading} onClick={all.more.load}>
                Show more
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

function Group({ title, talks, openId }: { title?: string; talks: Conversation[]; openId?: string }) {
  if (!talks.length) return null;
  return (
    <>
      {title && <h2 className="talk-group">{title}</h2>}
      <ul className="talks">
        {talks.map((talk) => (
          <TalkItem key={talk.id} talk={talk} open={talk.id === openId} />
        ))}
      </ul>
    </>
  );
}
