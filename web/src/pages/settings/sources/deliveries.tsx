import { Button } from 'antd';
import { Link } from 'react-router';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { Failure } from '../../../shared/failure.tsx';
import { Nothing } from '../../../shared/nothing.tsx';
import { useAct } from '../../../shared/use-act.ts';
import { Waiting } from '../../../shared/waiting.tsx';
import { When } from '../../../shared/when.tsx';

type Delivery = Output<'source.deliveries'>['items'][number];
type Row = Delivery['rows'][number];
const outcomes = {
  accepted: 'Taken',
  partly: 'Taken in part',
  refused: 'Not taken',
  test: 'Test',
  repeated: 'Sent before',
};
/** A batch of hundreds is not shown whole: first what needs somebody. */
const shown = 10;

export function Deliveries({ sourceId, mayChange }: { sourceId: string; mayChange: boolean }) {
  const { data, error, refetch } = useAsk('source.deliveries', { sourceId }, { everyMs: 10_000 });
  const test = useAct('source.test', 'Read as below; nothing was recorded.');
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return (
    <>
      {mayChange && (
        <Button onClick={() => void test.act({ sourceId })} loading={test.busy}>
          Send a test
        </Button>
      )}
      {data.items.length ? (
        <ol className="deliveries">
          {data.items.map((delivery) => (
            <One key={delivery.id} delivery={delivery} mayChange={mayChange} />
          ))}
        </ol>
      ) : (
        <Nothing title="Nothing has come yet" hint="What arrives is kept here for thirty days." />
      )}
    </>
  );
}

function One({ delivery, mayChange }: { delivery: Delivery; mayChange: boolean }) {
  const replay = useAct('source.replay', 'Read again.');
  const refused = delivery.rows.filter(({ outcome }) => outcome === 'refused');
  const rows = [...refused, ...delivery.rows.filter((row) => !refused.includes(row))];
  return (
    <li>
      <header>
        <span className="state" data-ok={delivery.outcome === 'accepted' || delivery.outcome === 'test'}>
          {outcomes[delivery.outcome]}
        </span>
        <When at={delivery.at} as="ago" />
        {mayChange && refused.length > 0 && (
          <Button
            size="small"
            loading={replay.busy}
            onClick={() => void replay.act({ deliveryId: delivery.id })}
          >
            Read again
          </Button>
        )}
      </header>
      <ul>
        {rows.slice(0, shown).map((row) => (
          <OneRow key={row.n} row={row} alone={delivery.rows.length === 1} />
        ))}
      </ul>
      {rows.length > shown && <p className="none">and {rows.length - shown} more</p>}
    </li>
  );
}

function OneRow({ row, alone }: { row: Row; alone: boolean }) {
  return (
    <li data-outcome={row.outcome}>
      {!alone && <strong>{outcomes[row.outcome]}</strong>}
      <span className="wrap">{row.read.map(({ label, value }) => `${label}: ${value}`).join(' · ')}</span>
      {row.verdictLabel && (
        <span>
          {row.verdictLabel}
          {row.lead && (
            <>
              {' '}
              <Link to={`/leads/${row.lead.id}`}>#{row.lead.number}</Link>
            </>
          )}
        </span>
      )}
      {row.errors.map(({ field, message }) => (
        <span key={field + message} className="problem">
          {field}: {message}
        </span>
      ))}
    </li>
  );
}
