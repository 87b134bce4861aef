import { Button, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { outcomeLabel } from '../../actions/call-outcomes.ts';
import { type LeadAction, LeadDialogs } from '../../actions/lead-dialogs.tsx';
import { QuickCall } from '../../actions/quick-call.tsx';
import type { Lead } from '../../api/operations.ts';
import { Facts } from '../../shared/facts.tsx';
import { LeadName, Phone } from '../../shared/lead-bits.tsx';
import { When } from '../../shared/when.tsx';
import { InWords } from './in-words.tsx';
import type { HandedOut } from './session.tsx';
import { Skip } from './skip.tsx';

type Props = {
  out: HandedOut & { lead: Lead };
  from: 'mine' | 'everybody';
  onNext: () => void;
  onSkipped: (out: HandedOut) => void;
  busy: boolean;
};

const tones = { missed: 'red', due: 'orange', soon: 'gold', fresh: 'green' } as const;
const sinceLabels = { missed: 'Rang', due: 'Was due', soon: 'Is due', fresh: 'Came' } as const;

/** One lead: whom to ring and why, what to say, and one press for what came of it. */
export function LeadToRing({ out, from, onNext, onSkipped, busy }: Props) {
  const { lead, reason = 'fresh', why, since, script, note } = out;
  const [action, setAction] = useState<LeadAction>();
  return (
    <article className="to-ring" aria-label={`Ring ${lead.name}`} aria-busy={busy}>
      <header className="to-ring-head">
        <h2>
          <Link to={`/leads/${lead.id}`}>
            <LeadName lead={lead} />
          </Link>
        </h2>
        <Tag color={tones[reason]}>{why}</Tag>
        <span className="to-ring-phone">
          <Phone value={lead.phone} />
        </span>
      </header>
      {script && (
        <blockquote className="to-ring-script" aria-label="What to say">
          {script}
        </blockquote>
      )}
      <Facts
        facts={[
          [sinceLabels[reason], since && <When key="since" at={since} />],
          ['Status', lead.stageLabel],
          ['Product', lead.product],
          ['Budget', lead.budget],
          ['City', lead.city],
          ['Last call', lead.lastCallOutcome && outcomeLabel(lead.lastCallOutcome)],
          ['Note', note],
          ['Source', lead.source],
        ]}
      />
      <QuickCall
        lead={lead}
        size="large"
        onAsk={(outcome) => setAction({ kind: 'call', outcome })}
        onLogged={onNext}
      />
      <div className="to-ring-more">
        <InWords leadId={lead.id} onLogged={onNext} />
        <Skip leadId={lead.id} from={from} onSkipped={onSkipped} />
        <Button type="link" onClick={() => setAction({ kind: 'demo' })}>
          Book a demo
        </Button>
      </div>
      <LeadDialogs
        lead={lead}
        action={action}
        onClose={() => {
          setAction(undefined);
          // Closed without logging anything, it is the same lead again.
          if (action?.kind === 'call') onNext();
        }}
      />
    </article>
  );
}
