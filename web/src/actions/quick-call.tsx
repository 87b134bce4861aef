/** The four outcomes as four buttons. RNR and NUMBER BUSY are logged at once: the policy sets the retry. */
import { Button } from 'antd';
import type { Lead } from '../api/operations.ts';
import { useSession } from '../session/session.tsx';
import { moment } from '../shared/time.ts';
import { useAct } from '../shared/use-act.ts';
import { type CallOutcome, callOutcomes } from './call-outcomes.ts';

export function QuickCall({
  lead,
  onAsk,
}: {
  lead: Pick<Lead, 'id' | 'name'>;
  onAsk: (outcome: CallOutcome) => void;
}) {
  const { may } = useSession();
  const { act, busy } = useAct(
    'call.log',
    ({ outcomeLabel, followUp }) =>
      `${outcomeLabel} logged.${followUp ? ` Next: ${moment(followUp.at)}.` : ''}`,
  );
  if (!may('call.log')) return null;
  const press = (outcome: CallOutcome) => {
    if (outcome === 'answered' || outcome === 'callback') onAsk(outcome);
    else void act({ leadId: lead.id, outcome });
  };
  return (
    <fieldset className="quick-call" aria-label={`Log a call with ${lead.name}`}>
      {callOutcomes.map(({ key, label, hint }) => (
        <Button
          key={key}
          size="small"
          disabled={busy}
          title={hint}
          onClick={() => press(key)}
          data-outcome={key}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}
