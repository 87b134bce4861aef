/** The daily outcomes as buttons, the others behind one more. Where the policy sets the retry, a press is enough. */
import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { Lead } from '../api/operations.ts';
import { useSession } from '../session/session.tsx';
import { moment } from '../shared/time.ts';
import { useAct } from '../shared/use-act.ts';
import { asksMore, type CallOutcome, dailyOutcomes, otherOutcomes } from './call-outcomes.ts';

export function QuickCall({
  lead,
  onAsk,
  onLogged,
  size = 'small',
}: {
  lead: Pick<Lead, 'id' | 'name'>;
  onAsk: (outcome: CallOutcome) => void;
  onLogged?: () => void;
  size?: 'small' | 'large';
}) {
  const { may } = useSession();
  const { act, busy } = useAct(
    'call.log',
    ({ outcomeLabel, followUp }) =>
      `${outcomeLabel} logged.${followUp ? ` Next: ${moment(followUp.at)}.` : ''}`,
  );
  if (!may('call.log')) return null;
  const press = async (outcome: CallOutcome) => {
    if (asksMore(outcome)) return onAsk(outcome);
    if (await act({ leadId: lead.id, outcome })) onLogged?.();
  };
  return (
    <fieldset className="quick-call" aria-label={`Log a call with ${lead.name}`}>
      {dailyOutcomes.map(({ key, label, hint }) => (
        <Button
          key={key}
          size={size}
          disabled={busy}
          title={hint}
          onClick={() => void press(key)}
          data-outcome={key}
        >
          {label}
        </Button>
      ))}
      <Dropdown
        trigger={['click']}
        disabled={busy}
        menu={{
          items: otherOutcomes.map(({ key, label, hint }) => ({ key, label, title: hint })),
          onClick: ({ key }) => void press(key as CallOutcome),
        }}
      >
        <Button
          size={size}
          icon={<DownOutlined aria-hidden />}
          aria-label={`More outcomes of a call with ${lead.name}`}
          title="Not reachable, wrong number, do not call"
        />
      </Dropdown>
    </fieldset>
  );
}
