/**
 * The grid itself. It knows the organisation's wall clock only: what it is given and gives back are times of day in that
 * zone, told to the library as if they were UTC, whatever zone the browser is in.
 */
import type { EventDropArg, EventInput } from '@fullcalendar/core';
import dayGrid from '@fullcalendar/daygrid';
import interaction, { type EventResizeDoneArg } from '@fullcalendar/interaction';
import FullCalendar from '@fullcalendar/react';
import timeGrid from '@fullcalendar/timegrid';
import { useEffect, useMemo, useRef } from 'react';
import type { CalendarItem } from '../../api/operations.ts';
import { fromLocalInput, toLocalInput } from '../../shared/time.ts';
import { useNarrow } from '../../shared/use-narrow.ts';
import { kindWords } from './kinds.ts';
import { useMove } from './use-move.ts';

export type View = 'day' | 'week' | 'month';
/** Wall times, `2026-03-11T00:00`. */
export type Range = { start: string; end: string; title: string };
export type BoardHandle = { step(by: 1 | -1): void; today(): void };
type Props = {
  view: View;
  items: CalendarItem[];
  onReady: (handle: BoardHandle) => void;
  onRange: (range: Range) => void;
  onOpen: (item: CalendarItem) => void;
  onPick?: ((at: { startsAt: string; minutes: number }) => void) | undefined;
};

const gridOf: Record<View, string> = { day: 'timeGridDay', week: 'timeGridWeek', month: 'dayGridMonth' };

export default function Board({ view, items, onReady, onRange, onOpen, onPick }: Props) {
  const ref = useRef<FullCalendar>(null);
  const narrow = useNarrow();
  const move = useMove();
  // biome-ignore lint/correctness/useExhaustiveDependencies: handed over once
  useEffect(() => {
    const api = () => ref.current!.getApi();
    onReady({ step: (by) => (by > 0 ? api().next() : api().prev()), today: () => api().today() });
  }, []);
  useEffect(() => {
    const api = ref.current?.getApi();
    // Within the library's own update it must not be called back into.
    if (api && api.view.type !== gridOf[view]) queueMicrotask(() => api.changeView(gridOf[view]));
  }, [view]);
  const events = useMemo(() => items.map(eventOf), [items]);

  const moved = async ({ event, revert }: EventDropArg | EventResizeDoneArg) => {
    const item = event.extendedProps.item as CalendarItem;
    const startsAt = fromLocalInput(event.startStr.slice(0, 16));
    const minutes =
      event.end && event.start ? (event.end.getTime() - event.start.getTime()) / 60_000 : undefined;
    const ok = await move(item, { startsAt, ...(minutes && { minutes: Math.round(minutes) }) });
    if (!ok) revert();
  };

  return (
    <div className="calendar-board">
      <FullCalendar
        ref={ref}
        plugins={[dayGrid, timeGrid, interaction]}
        initialView={gridOf[view]}
        headerToolbar={false}
        timeZone="UTC"
        now={() => toLocalInput(Date.now())}
        initialDate={toLocalInput(Date.now())}
        firstDay={1}
        nowIndicator
        allDaySlot={false}
        scrollTime="08:00:00"
        slotDuration="00:30:00"
        snapDuration="00:15:00"
        slotLabelFormat={{ hour: 'numeric', hour12: true }}
        eventTimeFormat={{ hour: 'numeric', minute: '2-digit', hour12: true }}
        views={{
          dayGridMonth: { dayHeaderFormat: { weekday: 'short' } },
          timeGridWeek: { dayHeaderFormat: { weekday: 'short', day: 'numeric' } },
          timeGridDay: { dayHeaderFormat: { weekday: 'long', day: 'numeric' } },
        }}
        displayEventEnd={false}
        eventMinHeight={22}
        eventShortHeight={34}
        eventContent={({ event, timeText }) => (
          <span className="calendar-line">
            <b>{event.title}</b> <span>{timeText}</span>
          </span>
        )}
        locale="en-GB"
        dayMaxEvents={narrow ? 2 : 4}
        height={narrow ? 'calc(100dvh - 270px)' : 'calc(100vh - 235px)'}
        expandRows
        events={events}
        eventClassNames={({ event }) => classesOf(event.extendedProps.item as CalendarItem)}
        eventDidMount={({ el, event }) => {
          const item = event.extendedProps.item as CalendarItem;
          el.setAttribute(
            'title',
            [kindWords(item), item.title, item.assigneeName].filter(Boolean).join(' · '),
          );
        }}
        eventClick={({ event, jsEvent }) => {
          jsEvent.preventDefault();
          onOpen(event.extendedProps.item as CalendarItem);
        }}
        eventDrop={moved}
        eventResize={moved}
        selectable={Boolean(onPick)}
        selectMirror
        selectLongPressDelay={350}
        longPressDelay={350}
        select={({ startStr, start, end, view: { type, calendar } }) => {
          calendar.unselect();
          // A day of the month is chosen, not its midnight.
          const isDay = type === 'dayGridMonth';
          const at = isDay ? `${startStr.slice(0, 10)}T10:00` : startStr.slice(0, 16);
          const minutes = isDay ? 30 : Math.max(15, (end.getTime() - start.getTime()) / 60_000);
          onPick?.({ startsAt: fromLocalInput(at), minutes: Math.min(480, minutes) });
        }}
        datesSet={({ startStr, endStr, view: { title } }) =>
          onRange({ start: startStr.slice(0, 16).padEnd(16, 'T00:00'), end: endStr.slice(0, 16), title })
        }
      />
    </div>
  );
}

const eventOf = (item: CalendarItem): EventInput => ({
  id: item.id,
  title: item.title,
  start: `${toLocalInput(item.startsAt)}:00Z`,
  end: `${toLocalInput(item.endsAt)}:00Z`,
  startEditable: item.movable,
  durationEditable: item.movable && (item.kind === 'appointment' || item.kind === 'task'),
  extendedProps: { item },
});

const classesOf = ({ kind, closed, overdue, status }: CalendarItem): string[] => [
  `calendar-${kind}`,
  `is-${status}`,
  ...(closed ? ['is-closed'] : []),
  ...(overdue ? ['is-overdue'] : []),
];
