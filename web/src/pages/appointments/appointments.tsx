/** Demos by day: today and to come, or those of the past weeks. */
import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { DemoRow } from '../../actions/demo-row.tsx';
import type { Appointment, Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { day, dayKey, fromLocalInput } from '../../shared/time.ts';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { ViewTabs } from '../../shared/view-tabs.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import '../../styles/leads.css';

type Span = 'coming' | 'past' | View;
type View = Output<'appointment.views'>['items'][number]['view'];

export default function Appointments() {
  const [span, setSpan] = useState<Span>('coming');
  const views = useAsk('appointment.views', {}, { keep: true });
  const today = dayKey(Date.now());
  const range = useMemo(() => {
    const start = fromLocalInput(`${today}T00:00`);
    if (span === 'coming') return { from: start };
    if (span === 'past')
      return { from: new Date(Date.parse(start) - 31 * 86_400_000).toISOString(), to: start };
    return { view: span };
  }, [span, today]);
  const list = useCursorList<Appointment>('appointment', range, { pageSize: 50 });
  const days = groupByDay(span === 'past' ? [...(list.items ?? [])].reverse() : (list.items ?? []));
  return (
    <Page
      title="Demos"
      actions={
        <Segmented
          value={span}
          onChange={(value) => setSpan(value as Span)}
          options={[
            { value: 'coming', label: 'Today and to come' },
            { value: 'past', label: 'Past month' },
          ]}
        />
      }
    >
      <ViewTabs items={views.data?.items} chosen={span} onChoose={setSpan} />
      {list.error && !list.items ? (
        <Failure error={list.error} retry={list.refetch} />
      ) : !list.items ? (
        <Waiting />
      ) : !days.length ? (
        <Nothing
          title={span === 'coming' ? 'No demo is booked' : 'No demo here'}
          hint="The bot books demos in the conversation; you can book one from a lead."
        />
      ) : (
        days.map(({ key, items }) => (
          <Panel key={key} id={`day-${key}`} title={day(items[0]!.startsAt)} count={items.length}>
            {items.map((demo) => (
              <DemoRow key={demo.id} demo={demo} withLead clockOnly />
            ))}
          </Panel>
        ))
      )}
      {list.more.has && (
        <Button block loading={list.more.loading} onClick={list.more.load}>
          Show more
        </Button>
      )}
    </Page>
  );
}

function groupByDay(items: Appointment[]): { key: string; items: Appointment[] }[] {
  const days = new Map<string, Appointment[]>();
  for (const item of items) {
    const key = dayKey(item.startsAt);
    days.set(key, [...(days.get(key) ?? []), item]);
  }
  return [...days].map(([key, members]) => ({ key, items: members }));
}
