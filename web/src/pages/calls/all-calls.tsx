import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { callOutcomes } from '../../actions/call-outcomes.ts';
import type { Output } from '../../api/operations.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { When } from '../../shared/when.tsx';
import { Recording } from './recording.tsx';

type Call = Output<'call.list'>['items'][number];
type Direction = 'all' | 'in' | 'out';

export function AllCalls() {
  const [direction, setDirection] = useState<Direction>('all');
  const [outcome, setOutcome] = useState<string>();
  const list = useCursorList<Call>('call', {
    ...(direction !== 'all' && { direction }),
    ...(outcome && { outcome }),
  });
  return (
    <>
      <div className="calls-filter">
        <Segmented<Direction>
          value={direction}
          onChange={setDirection}
          options={[
            { value: 'all', label: 'All' },
            { value: 'in', label: 'Incoming' },
            { value: 'out', label: 'Outgoing' },
          ]}
        />
        <Select
          allowClear
          aria-label="Outcome"
          placeholder="Any outcome"
          value={outcome}
          onChange={setOutcome}
          options={[...callOutcomes, { key: 'missed', label: 'Missed' }].map(({ key, label }) => ({
            value: key,
            label,
          }))}
        />
      </div>
      <Records<Call>
        label="Calls"
        items={list.items}
        total={list.total}
        error={list.error}
        retry={list.refetch}
        more={list.more}
        href={(call) => `/leads/${call.leadId}`}
        columns={columns}
        empty={
          <Nothing
            title="No such calls"
            hint="Calls that you log, and those of the telephone, are listed here."
          />
        }
      />
    </>
  );
}

const columns: Column<Call>[] = [
  { key: 'lead', title: 'Lead', card: 'title', render: (call) => `#${call.leadNumber} ${call.leadName}` },
  { key: 'when', title: 'When', card: 'aside', render: ({ calledAt }) => <When at={calledAt} /> },
  {
    key: 'outcome',
    title: 'Outcome',
    card: 'inline',
    render: ({ direction, outcomeLabel }) => `${direction === 'in' ? '↙' : '↗'} ${outcomeLabel}`,
  },
  { key: 'length', title: 'Length', card: 'inline', render: lengthOf },
  { key: 'by', title: 'By', card: 'inline', render: ({ by }) => by },
  { key: 'note', title: 'Note', render: ({ note }) => note ?? '' },
  { key: 'recording', title: 'Recording', render: (call) => <Recording call={call} /> },
];

function lengthOf({ seconds, minutes }: Call): string {
  if (seconds === undefined) return minutes ? `${minutes} min` : '';
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
