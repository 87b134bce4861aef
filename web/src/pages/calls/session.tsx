import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { useAct } from '../../shared/use-act.ts';
import { LeadToRing } from './lead-to-ring.tsx';

export type HandedOut = Output<'calling.next'>;
type From = 'mine' | 'everybody';

/** Nothing is held for anybody until they begin; asking again before something came of a call gives the same lead. */
export function Session() {
  const { may } = useSession();
  const [from, setFrom] = useState<From>('mine');
  const [current, setCurrent] = useState<HandedOut>();
  const next = useAct('calling.next');
  const end = useAct('calling.end', 'The session is over. What was held for you is free again.');

  const go = async (whose = from) => {
    const out = await next.act({ from: whose, ...(current?.lead && { after: current.lead.id }) });
    if (out) setCurrent(out);
  };
  const stop = async () => {
    if (await end.act({})) setCurrent(undefined);
  };

  return (
    <div className="calling">
      <div className="calling-bar">
        {may('lead.assign') && (
          <Segmented<From>
            value={from}
            onChange={(chosen) => {
              setFrom(chosen);
              if (current) void go(chosen);
            }}
            options={[
              { value: 'mine', label: 'My leads' },
              { value: 'everybody', label: 'Everybody’s' },
            ]}
          />
        )}
        {current && <Waiting {...current.waiting} />}
        {current && (
          <Button onClick={() => void stop()} loading={end.busy}>
            End the session
          </Button>
        )}
      </div>
      {!current && (
        <Nothing
          title="Ring one lead after another"
          hint="You get the next lead with what to say and one press for what came of it. While you ring, nobody else gets it."
          action={
            <Button type="primary" size="large" loading={next.busy} onClick={() => void go()}>
              Start calling
            </Button>
          }
        />
      )}
      {current && !current.lead && (
        <Nothing
          title={current.why}
          action={
            <Button loading={next.busy} onClick={() => void go()}>
              Look again
            </Button>
          }
        />
      )}
      {current?.lead && (
        <LeadToRing
          key={current.lead.id}
          out={current as HandedOut & { lead: NonNullable<HandedOut['lead']> }}
          from={from}
          onNext={() => void go()}
          onSkipped={setCurrent}
          busy={next.busy}
        />
      )}
    </div>
  );
}

const Waiting = ({ missed, due, soon, fresh }: HandedOut['waiting']) => (
  <p className="calling-waiting" aria-live="polite">
    {[missed && `${missed} missed`, due && `${due} due`, soon && `${soon} soon`, fresh && `${fresh} new`]
      .filter(Boolean)
      .join(' · ') || 'Nothing else waits'}
  </p>
);
