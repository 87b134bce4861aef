/** Templates as the provider has them: what is approved, and asking for what we send by ourselves. */
import { Button } from 'antd';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import { Panel } from '../../../shared/page.tsx';
import { useAct } from '../../../shared/use-act.ts';
import type { Place } from './connect.tsx';

type Template = Output<'channel.templates'>['items'][number];

const states: Record<Template['state'], string> = {
  approved: 'Approved',
  waiting: 'Waits for approval',
  rejected: 'Rejected',
  paused: 'Paused: customers complained',
  off: 'Switched off',
  missing: 'Not asked for',
};
const uses = {
  notices: 'Reminders when the customer has not written for 24 hours',
  codes: 'One-time codes',
  leads: 'The first word to who left a lead form',
};

export function Templates(place: Place) {
  const { may } = useSession();
  const { data } = useAsk('channel.templates', place);
  const request = useAct('channel.requestTemplate', 'Asked for; approval takes minutes to a day.');
  return (
    <Panel id="templates" title="Templates">
      <div className="connect-step">
        {data?.problem && <p className="problem">{data.problem}</p>}
        <ul className="connect-templates">
          {data?.items.map(({ name, locale, state, text, reason, use }) => (
            <li key={`${name} ${locale}`}>
              <span>
                <strong>
                  {name} ({locale})
                </strong>
                {use && <small>{uses[use]}</small>}
                {text && <small>{text}</small>}
                {reason && <small className="problem">{reason}</small>}
              </span>
              <span className="state" data-ok={state === 'approved'}>
                {states[state]}
              </span>
              {state === 'missing' && use && may('channel.requestTemplate') && (
                <Button
                  size="small"
                  loading={request.busy}
                  onClick={() => void request.act({ ...place, use })}
                >
                  Ask Meta for it
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
