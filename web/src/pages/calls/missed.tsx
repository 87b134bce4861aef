import { Segmented } from 'antd';
import { useState } from 'react';
import { type LeadAction, LeadDialogs } from '../../actions/lead-dialogs.tsx';
import { QuickCall } from '../../actions/quick-call.tsx';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';
import { Withheld } from './withheld.tsx';

type Call = Output<'call.missed'>['items'][number];
type State = 'waiting' | 'rungBack';

/** Whoever waits longest comes first. */
export function Missed() {
  const [state, setState] = useState<State>('waiting');
  const { data, error, refetch } = useAsk('call.missed', { state, limit: 100 }, { keep: true });
  return (
    <>
      <Segmented<State>
        className="calls-filter"
        value={state}
        onChange={setState}
        options={[
          { value: 'waiting', label: 'To ring back' },
          { value: 'rungBack', label: 'Rung back' },
        ]}
      />
      <Records<Call>
        label="Missed calls"
        items={data?.items}
        total={data?.total}
        error={error}
        retry={() => void refetch()}
        href={(call) => `/leads/${call.leadId}`}
        columns={columns(state)}
        empty={
          <Nothing
            title={state === 'waiting' ? 'Nobody waits to be rung back' : 'No missed call was rung back yet'}
            hint="Calls that nobody takes appear here by themselves, once a telephone account is connected."
          />
        }
      />
      <Withheld state={state} />
    </>
  );
}

const columns = (state: State): Column<Call>[] => [
  { key: 'lead', title: 'Lead', card: 'title', render: (call) => `#${call.leadNumber} ${call.leadName}` },
  { key: 'rang', title: 'Rang', card: 'aside', render: (call) => <When at={call.calledAt} /> },
  {
    key: 'back',
    title: 'Rung back',
    render: (call) =>
      call.rungBackAt ? (
        <span>
          {call.missed === 'tried' ? 'Tried by ' : ''}
          {call.rungBackBy}, <When at={call.rungBackAt} />
        </span>
      ) : (
        <span className="late">Not yet</span>
      ),
  },
  ...(state === 'waiting'
    ? [{ key: 'do', title: '', render: (call: Call) => <RingBack call={call} /> }]
    : []),
];

function RingBack({ call }: { call: Call }) {
  const [action, setAction] = useState<LeadAction>();
  const lead = { id: call.leadId, name: call.leadName, number: call.leadNumber };
  return (
    <>
      <QuickCall lead={lead} onAsk={(outcome) => setAction({ kind: 'call', outcome })} />
      <LeadDialogs lead={lead as never} action={action} onClose={() => setAction(undefined)} />
    </>
  );
}
