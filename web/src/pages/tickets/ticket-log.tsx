/** The log book: what the customer wrote, what was done, by whom and when; the newest first. */
import {
  BranchesOutlined,
  CommentOutlined,
  EditOutlined,
  FlagOutlined,
  FormOutlined,
  SendOutlined,
  StarOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { TicketWithLog } from '../../api/operations.ts';
import { Panel } from '../../shared/page.tsx';
import { day, dayKey } from '../../shared/time.ts';
import { When } from '../../shared/when.tsx';

type Entry = TicketWithLog['entries'][number];
const icons: Record<Entry['kind'], ComponentType<{ 'aria-hidden'?: boolean }>> = {
  opened: FormOutlined,
  customer: CommentOutlined,
  reply: SendOutlined,
  note: EditOutlined,
  status: BranchesOutlined,
  priority: FlagOutlined,
  assignment: SwapOutlined,
  rating: StarOutlined,
};

export function TicketLog({ ticket }: { ticket: TicketWithLog }) {
  return (
    <Panel id="log" title="What happened" count={ticket.entries.length + ticket.earlier}>
      <ol className="timeline">
        {ticket.entries.map((entry, index) => (
          <Line key={entry.id} entry={entry} before={ticket.entries[index - 1]} />
        ))}
      </ol>
      {ticket.earlier > 0 && <p className="form-note">{ticket.earlier} earlier lines are not shown.</p>}
    </Panel>
  );
}

function Line({ entry, before }: { entry: Entry; before?: Entry }) {
  const Icon = icons[entry.kind];
  return (
    <>
      {(!before || dayKey(before.at) !== dayKey(entry.at)) && (
        <li className="timeline-day">{day(entry.at)}</li>
      )}
      <li className="timeline-item" data-kind={entry.kind}>
        <span className="timeline-icon">
          <Icon aria-hidden />
        </span>
        <div>
          <p className="timeline-title">
            {entry.title}
            {entry.by && <span className="none"> · {entry.by}</span>}
          </p>
          {entry.text && (
            <p className="timeline-text" dir="auto">
              {entry.text}
            </p>
          )}
        </div>
        <When at={entry.at} as="clock" />
      </li>
    </>
  );
}
