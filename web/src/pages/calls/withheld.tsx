/** Callers who did not show their number: no lead, nobody to ring back, but not forgotten. */
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Panel } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';

type Call = Output<'call.withheld'>['items'][number];

export function Withheld({ state }: { state: 'waiting' | 'rungBack' }) {
  const { may } = useSession();
  const asked = { state: state === 'waiting' ? ('waiting' as const) : ('settled' as const), limit: 100 };
  const { data } = useAsk('call.withheld', asked, { keep: true });
  // Most offices never have any: then there is nothing to explain.
  if (!data?.items.length) return null;
  return (
    <Panel id="withheld" title="Number withheld" count={data.total}>
      <Records<Call>
        label="Missed calls with a withheld number"
        items={data.items}
        columns={columns(state === 'waiting' && may('call.settleWithheld'))}
        empty={null}
      />
    </Panel>
  );
}

const columns = (open: boolean): Column<Call>[] => [
  { key: 'rang', title: 'Rang', card: 'title', render: (call) => <When at={call.at} /> },
  { key: 'line', title: 'On', card: 'inline', render: (call) => call.line ?? '' },
  open
    ? { key: 'do', title: '', card: 'aside', render: (call) => <Settle id={call.id} /> }
    : {
        key: 'by',
        title: 'Dealt with',
        render: (call) => (
          <span>
            {call.by}
            {call.note && `: ${call.note}`}
          </span>
        ),
      },
];

function Settle({ id }: { id: string }) {
  const settle = useAct('call.settleWithheld', 'It is off the list.');
  const [note, setNote] = useState('');
  const act = () => void settle.act({ id, ...(note.trim() && { note: note.trim() }) });
  return (
    <Popover
      trigger="click"
      title="Who was it?"
      content={
        <Input.Search
          value={note}
          onChange={({ target }) => setNote(target.value)}
          maxLength={300}
          placeholder="If you know"
          aria-label="Who was it, if you know"
          enterButton="Dealt with"
          loading={settle.busy}
          onSearch={act}
        />
      }
    >
      <Button size="small">Dealt with…</Button>
    </Popover>
  );
}
