import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';

type Day = Output<'ledger.days'>['items'][number];

const columns: Column<Day>[] = [
  { key: 'day', title: 'Day', card: 'title', render: ({ day }) => day },
  { key: 'inbound', title: 'In', render: ({ inbound }) => inbound },
  { key: 'recorded', title: '= recorded', render: ({ recorded }) => recorded },
  { key: 'dead', title: '+ dead-lettered', render: ({ dead }) => dead },
  {
    key: 'difference',
    title: 'Unaccounted for',
    card: 'aside',
    render: ({ difference, waiting }) => (
      <span className="state" data-ok={!difference}>
        {difference || (waiting ? `0 (${waiting} were open)` : '0')}
      </span>
    ),
  },
  { key: 'provedAt', title: 'Counted', render: ({ provedAt }) => <When at={provedAt} /> },
];

/** Each day that has ended, as it was counted then. */
export function LedgerDays({ onChoose }: { onChoose: (day: string) => void }) {
  const { data, error, refetch } = useAsk('ledger.days', {}, { keep: true });
  const first: Column<Day> = {
    ...columns[0]!,
    render: ({ day }) => (
      <button type="button" className="link" onClick={() => onChoose(day)}>
        {day}
      </button>
    ),
  };
  return (
    <Records<Day & { id?: string }>
      label="Days that were counted"
      columns={[first, ...columns.slice(1)]}
      items={data?.items}
      keyOf={({ day }) => day}
      error={error}
      retry={() => void refetch()}
      empty={<Nothing title="No day yet" hint="Each day is counted ten minutes after it has ended." />}
    />
  );
}
