/** One calendar over appointments, tasks with a time, follow-ups and reminders: by day, week or month, moved by dragging. */
import { LeftOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button, Segmented, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { CalendarItem } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Page } from '../../shared/page.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { fromLocalInput } from '../../shared/time.ts';
import { useNarrow } from '../../shared/use-narrow.ts';
import { Waiting } from '../../shared/waiting.tsx';
import type { BoardHandle, Range, View } from './board.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { kinds, kindWords } from './kinds.ts';
import '../../styles/calendar.css';

const Board = lazy(() => import('./board.tsx'));
const NewAppointment = lazy(() => import('./new-appointment.tsx'));
const FeedDialog = lazy(() => import('./feed-dialog.tsx'));

const views: { value: View; label: string }[] = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
];

export default function CalendarPage() {
  const { may, user } = useSession();
  const narrow = useNarrow();
  const [params, setParams] = useSearchParams();
  const chosen = Object.fromEntries(params) as Record<string, string>;
  const view = (views.find(({ value }) => value === chosen.view)?.value ?? (narrow ? 'day' : 'week')) as View;
  const [range, setRange] = useState<Range>();
  const [board, setBoard] = useState<BoardHandle>();
  const [open, setOpen] = useState<CalendarItem>();
  const [adding, setAdding] = useState<{ startsAt?: string; minutes?: number }>();
  const [feed, setFeed] = useState(false);
  const shown = chosen.kinds?.split(',') ?? kinds.map(({ value }) => value);
  const person = chosen.of ?? user.id;
  const { data, error, refetch } = useAsk(
    'calendar.range',
    {
      from: range ? fromLocalInput(range.start) : '1970-01-01T00:00:00Z',
      to: range ? fromLocalInput(range.end) : '1970-01-02T00:00:00Z',
      ...(person !== 'all' && { assigneeId: person }),
    },
    { enabled: range !== undefined, keep: true },
  );
  const choose = (change: Record<string, string | undefined>) => {
    const next = Object.entries({ ...chosen, ...change }).filter((entry): entry is [string, string] =>
      Boolean(entry[1]),
    );
    setParams(Object.fromEntries(next), { replace: true });
  };
  const items = data?.items.filter(({ kind }) => shown.includes(kind));

  return (
    <Page
      wide
      title="Calendar"
      note={range?.title}
      actions={
        <>
          <Button onClick={() => setFeed(true)}>Subscribe</Button>
          {may('appointment.book') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding({})}>
              New appointment
            </Button>
          )}
        </>
      }
    >
      <div className="calendar-bar">
        <div className="calendar-steps">
          <Button aria-label="Earlier" icon={<LeftOutlined aria-hidden />} onClick={() => board?.step(-1)} />
          <Button onClick={() => board?.today()}>Today</Button>
          <Button aria-label="Later" icon={<RightOutlined aria-hidden />} onClick={() => board?.step(1)} />
        </div>
        <Segmented
          aria-label="View"
          options={views}
          value={view}
          onChange={(value) => choose({ view: value })}
        />
        <Select
          mode="multiple"
          aria-label="What is shown"
          className="calendar-kinds"
          maxTagCount="responsive"
          options={kinds}
          value={shown}
          onChange={(value: string[]) =>
            choose({ kinds: value.length && value.length < kinds.length ? value.join(',') : undefined })
          }
        />
        {(may('ticket.assign') || may('lead.assign')) && (
          <div className="calendar-people">
            <PersonSelect
              value={person === 'all' ? undefined : person}
              onChange={(id) => choose({ of: id === user.id ? undefined : (id ?? 'all') })}
              placeholder="Everybody"
              allowClear
            />
          </div>
        )}
      </div>
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {data?.cut && (
        <Alert
          type="info"
          showIcon
          message="There is more than fits: choose one person, or a shorter time."
        />
      )}
      <Suspense fallback={<Waiting />}>
        <Board
          view={view}
          items={items ?? []}
          onReady={setBoard}
          onRange={setRange}
          onOpen={setOpen}
          onPick={may('appointment.book') ? setAdding : undefined}
        />
      </Suspense>
      <p className="calendar-legend">
        {kinds.map(({ value, label }) => (
          <span key={value} data-kind={value}>
            {label}
          </span>
        ))}
        <Link to="/reminders">All reminders</Link>
      </p>
      {open && <ItemDialog item={open} onClose={() => setOpen(undefined)} words={kindWords(open)} />}
      <Suspense fallback={null}>
        {adding && <NewAppointment open onClose={() => setAdding(undefined)} at={adding} />}
        {feed && <FeedDialog open onClose={() => setFeed(false)} />}
      </Suspense>
    </Page>
  );
}
