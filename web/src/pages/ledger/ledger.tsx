/** The proof that nothing is missed: a day's inbound messages, counted, and those that need a person. */
import { Input } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { dayKey } from '../../shared/time.ts';
import { LedgerDays } from './days.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { MissingMessages } from './missing.tsx';
import '../../styles/ledger.css';

export default function Ledger() {
  const today = dayKey(Date.now());
  const [chosen, setChosen] = useState(today);
  const { data, error, refetch } = useAsk('ledger.day', { day: chosen }, { keep: true });
  return (
    <Page
      title="Nothing missed"
      note="Every message that reaches us ends in a record or in the list below."
      actions={
        <Input
          type="date"
          aria-label="Day"
          value={chosen}
          max={today}
          onChange={({ target }) => target.value && setChosen(target.value)}
          style={{ width: 160 }}
        />
      }
    >
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <div className="ledger" aria-busy={!data}>
          <Figure label="Messages in" value={data?.inbound} />
          <Figure label="Ended in a record" value={data?.recorded} />
          <Figure label="Being handled" value={data?.waiting} />
          <Figure label="Dead letters" value={data?.dead} alarm={Boolean(data?.dead)} />
          <Figure
            label="Unaccounted for"
            value={data?.difference}
            alarm={Boolean(data?.difference)}
            good={data?.difference === 0}
          />
        </div>
      )}
      <Panel
        id="missing"
        title="Unaccounted for"
        count={data?.difference}
        tone={data?.difference ? 'missed' : undefined}
      >
        <MissingMessages items={data?.missing} />
      </Panel>
      <Panel id="dead" title="Dead letters">
        <DeadLetters />
      </Panel>
      <Panel id="days" title="Day by day">
        <LedgerDays onChoose={setChosen} />
      </Panel>
    </Page>
  );
}

const Figure = ({
  label,
  value,
  alarm,
  good,
}: {
  label: string;
  value?: number;
  alarm?: boolean;
  good?: boolean;
}) => (
  <div className="figure" data-alarm={alarm} data-good={good}>
    <strong>{value ?? '·'}</strong>
    <span>{label}</span>
  </div>
);
