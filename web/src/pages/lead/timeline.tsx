/** Everything that happened with the person, newest first, whatever the channel. */
import {
  BranchesOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  CommentOutlined,
  EditOutlined,
  FormOutlined,
  PhoneOutlined,
  SwapOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import { type ComponentType, useState } from 'react';
import { Link } from 'react-router';
import { ask } from '../../api/client.ts';
import type { TimelineItem } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { day, dayKey } from '../../shared/time.ts';
import { When } from '../../shared/when.tsx';

const icons: Record<TimelineItem['kind'], ComponentType<{ 'aria-hidden'?: boolean }>> = {
  message: CommentOutlined,
  call: PhoneOutlined,
  appointment: CalendarOutlined,
  note: EditOutlined,
  followUp: ClockCircleOutlined,
  enquiry: FormOutlined,
  stage: BranchesOutlined,
  assignment: SwapOutlined,
  ticket: ToolOutlined,
  task: CheckSquareOutlined,
};
type Filter = 'all' | 'message' | 'call' | 'note';

export function Timeline({ contactId, onNote }: { contactId: string; onNote: () => void }) {
  const { may } = useSession();
  const [filter, setFilter] = useState<Filter>('all');
  const query = useInfiniteQuery({
    queryKey: ['data', 'default', 'contact', 'contact.timeline', contactId],
    queryFn: ({ pageParam, signal }) =>
      ask('contact.timeline', { contactId, limit: 50, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const all = query.data?.pages.flatMap((page) => page.items);
  const items = filter === 'all' ? all : all?.filter(({ kind }) => kind === filter);
  return (
    <Panel
      id="timeline"
      title="Timeline"
      actions={
        <Segmented
          size="small"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: 'All' },
            { value: 'message', label: 'Messages' },
            { value: 'call', label: 'Calls' },
            { value: 'note', label: 'Notes' },
          ]}
        />
      }
    >
      {query.error && !all ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : !items ? (
        <Skeleton active style={{ padding: 16 }} />
      ) : items.length ? (
        <ol className="timeline">
          {items.map((item, index) => (
            <Item key={item.id} item={item} before={items[index - 1]} />
          ))}
        </ol>
      ) : (
        <Nothing
          title="Nothing of this kind yet"
          action={may('note.add') && <Button onClick={onNote}>Add a note</Button>}
        />
      )}
      {query.hasNextPage && (
        <Button block type="text" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          Earlier
        </Button>
      )}
    </Panel>
  );
}

function Item({ item, before }: { item: TimelineItem; before?: TimelineItem }) {
  const Icon = icons[item.kind];
  return (
    <>
      {(!before || dayKey(before.at) !== dayKey(item.at)) && <li className="timeline-day">{day(item.at)}</li>}
      <li className="timeline-item" data-kind={item.kind}>
        <span className="timeline-icon">
          {item.kind === 'message' && item.channel ? (
            <ChannelIcon channel={item.channel} />
          ) : (
            <Icon aria-hidden />
          )}
        </span>
        <div>
          <p className="timeline-title">
            {item.conversationId ? (
              <Link to={`/inbox/${item.conversationId}`}>{item.title}</Link>
            ) : (
              item.title
            )}
            {item.by && <span className="none"> · {item.by}</span>}
          </p>
          {item.text && (
            <p className="timeline-text" dir="auto">
              {item.text}
            </p>
          )}
        </div>
        <When at={item.at} as="clock" />
      </li>
    </>
  );
}
