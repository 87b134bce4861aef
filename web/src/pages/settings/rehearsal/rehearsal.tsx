/** Time travel: what the timed rules would send in the days to come, to whom, when and why. Nothing is sent. */
import { Alert, Button, Input, Select, Spin } from 'antd';
import { useState } from 'react';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { Nothing } from '../../../shared/nothing.tsx';
import { Panel } from '../../../shared/page.tsx';
import { dayKey, fromLocalInput } from '../../../shared/time.ts';
import { useAct } from '../../../shared/use-act.ts';
import { When } from '../../../shared/when.tsx';
import { SettingsPage } from '../settings-page.tsx';
import { Told } from './told.tsx';
import '../../../styles/pipelines.css';
import '../../../styles/rehearsal.css';

type Rehearsal = NonNullable<Output<'rehearsal.get'>['rehearsal']>;
const dayMs = 86_400_000;

export default function RehearsalPage() {
  const [now] = useState(() => Date.now());
  const [from, setFrom] = useState(() => dayKey(now));
  const [to, setTo] = useState(() => dayKey(now + dayMs));
  const [id, setId] = useState('latest');
  const [running, setRunning] = useState(false);
  const { data } = useAsk('rehearsal.get', { rehearsalId: id }, { everyMs: running ? 1500 : undefined });
  const { act, busy } = useAct('rehearsal.start');
  const rehearsal = data?.rehearsal;
  const isRunning = rehearsal?.state === 'running';
  if (isRunning !== running) setRunning(isRunning);
  const start = async () => {
    const begins = fromLocalInput(`${from}T00:00`);
    // The last day counts whole.
    const ends = fromLocalInput(`${dayKey(Date.parse(fromLocalInput(`${to}T12:00`)) + dayMs)}T00:00`);
    const begun = await act({ from: begins, to: ends });
    if (begun) setId(begun.rehearsalId);
  };
  return (
    <SettingsPage
      wide
      note="What would be sent to whom, when and why. It is played on a copy: nothing is sent."
    >
      <div className="rehearsal-ask">
        <label htmlFor="rehearse-from">
          From
          <Input
            id="rehearse-from"
            type="date"
            value={from}
            onChange={({ target }) => target.value && setFrom(target.value)}
          />
        </label>
        <label htmlFor="rehearse-to">
          to
          <Input
            id="rehearse-to"
            type="date"
            value={to}
            min={from}
            onChange={({ target }) => target.value && setTo(target.value)}
          />
        </label>
        <Button type="primary" loading={busy || isRunning} onClick={() => void start()}>
          Play these days
        </Button>
      </div>
      {rehearsal ? (
        <Result rehearsal={rehearsal} />
      ) : (
        data && (
          <Nothing
            title="Nothing was played yet"
            hint="Choose the days: reminders, follow-ups, reports and everything else that happens by the clock is played as it will be."
          />
        )
      )}
    </SettingsPage>
  );
}

function Result({ rehearsal }: { rehearsal: Rehearsal }) {
  const { state, error, items, total, from, to, startedAt, by } = rehearsal;
  const [rule, setRule] = useState<string>();
  const [who, setWho] = useState<string>();
  const choices = (of: (item: Rehearsal['items'][number]) => string) =>
    [...Map.groupBy(items, of)]
      .map(([value, some]) => ({ value, label: `${value} (${some.length})` }))
      .sort((a, b) => a.label.localeCompare(b.label));
  const ruleOf = (item: Rehearsal['items'][number]) => item.rule ?? 'no rule';
  const shown = items.filter((item) => (!rule || ruleOf(item) === rule) && (!who || item.to === who));
  if (state === 'running')
    return (
      <Panel title="Being played">
        <p className="rehearsal-wait">
          <Spin size="small" /> The days from <When at={from} /> to <When at={to} /> are being played. You may
          leave this page meanwhile.
        </p>
      </Panel>
    );
  if (state === 'failed')
    return <Alert type="error" showIcon message="It could not be played" description={error} />;
  return (
    <Panel
      id="told"
      title={
        <>
          <When at={from} /> to <When at={to} />
        </>
      }
      count={total}
      actions={
        <small className="rehearsal-by">
          Played by {by}, <When at={startedAt} />
        </small>
      }
    >
      {items.length ? (
        <>
          <div className="rehearsal-narrow">
            <Select
              allowClear
              placeholder="Every rule"
              aria-label="Rule"
              value={rule}
              onChange={setRule}
              options={choices(ruleOf)}
            />
            <Select
              allowClear
              showSearch
              placeholder="Everybody"
              aria-label="Recipient"
              value={who}
              onChange={setWho}
              options={choices(({ to: recipient }) => recipient)}
            />
            {total > items.length && <small>The first {items.length} are shown: choose fewer days.</small>}
          </div>
          <Told items={shown} />
        </>
      ) : (
        <Nothing title="Nothing would be sent" hint="No rule falls into these days." />
      )}
    </Panel>
  );
}
