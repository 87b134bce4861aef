import { CalendarOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { outcomeLabel } from '../../actions/call-outcomes.ts';
import { type LeadAction, LeadDialogs } from '../../actions/lead-dialogs.tsx';
import { QuickCall } from '../../actions/quick-call.tsx';
import type { Lead } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { LeadName, Phone } from '../../shared/lead-bits.tsx';
import { distance } from '../../shared/time.ts';
import { When } from '../../shared/when.tsx';

/** One lead of the day: who, why now, and the next step one press away. */
export function DayLead({ lead }: { lead: Lead }) {
  const [action, setAction] = useState<LeadAction>();
  const { may } = useSession();
  return (
    <article className="day-lead">
      <div className="day-lead-who">
        <span className="day-lead-name">
          <Link to={`/leads/${lead.id}`}>
            <LeadName lead={lead} />
          </Link>
          <Due lead={lead} />
        </span>
        <span className="day-lead-facts">
          <Phone value={lead.phone} />
          {[lead.lastCallOutcome && `last: ${outcomeLabel(lead.lastCallOutcome)}`, lead.product, lead.source]
            .filter(Boolean)
            .map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
        </span>
      </div>
      <div className="day-lead-do">
        <QuickCall lead={lead} onAsk={(outcome) => setAction({ kind: 'call', outcome })} />
        {may('followup.set') && (
          <Button
            size="small"
            icon={<ClockCircleOutlined aria-hidden />}
            title="Set the follow-up"
            aria-label={`Set the follow-up of ${lead.name}`}
            onClick={() => setAction({ kind: 'followUp' })}
          />
        )}
        {may('appointment.book') && (
          <Button
            size="small"
            icon={<CalendarOutlined aria-hidden />}
            title="Book a demo"
            aria-label={`Book a demo for ${lead.name}`}
            onClick={() => setAction({ kind: 'demo' })}
          />
        )}
      </div>
      <LeadDialogs lead={lead} action={action} onClose={() => setAction(undefined)} />
    </article>
  );
}

function Due({ lead }: { lead: Lead }) {
  if (!lead.followUpAt)
    return (
      <span title="Came in">
        <When at={lead.createdAt} as="ago" />
      </span>
    );
  if (Date.parse(lead.followUpAt) < Date.now())
    return <span className="late">{distance(lead.followUpAt)} late</span>;
  return <When at={lead.followUpAt} as="clock" />;
}
