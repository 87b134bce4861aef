import { outcomeLabel } from '../../actions/call-outcomes.ts';
import type { Lead } from '../../api/operations.ts';
import { Dash, FollowUp, LeadName, Phone, StageTag } from '../../shared/lead-bits.tsx';
import type { Column } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';

const clipped = (text?: string) => (text ? <span className="clip">{text}</span> : <Dash />);

export const leadColumns: Column<Lead>[] = [
  { key: 'name', title: 'Lead', card: 'title', width: '16%', render: (lead) => <LeadName lead={lead} /> },
  { key: 'stage', title: 'Stage', card: 'aside', width: 166, render: (lead) => <StageTag lead={lead} /> },
  {
    key: 'phone',
    title: 'Contact',
    card: 'inline',
    width: 154,
    render: ({ phone, email }) => (phone ? <Phone value={phone} /> : clipped(email)),
  },
  {
    key: 'product',
    title: 'Looking for, source',
    card: 'inline',
    render: ({ product, source, campaign }) => (
      <span className="clip" title={[product, source, campaign].filter(Boolean).join(', ')}>
        {product && `${product} · `}
        <span className="none">{source}</span>
      </span>
    ),
  },
  {
    key: 'followUp',
    title: 'Follow-up',
    width: 172,
    render: ({ followUpAt }) => <FollowUp at={followUpAt} />,
  },
  {
    key: 'call',
    title: 'Last call',
    card: 'none',
    width: 98,
    render: ({ lastCallOutcome }) => (lastCallOutcome ? outcomeLabel(lastCallOutcome) : <Dash />),
  },
  {
    key: 'assignee',
    title: 'With',
    width: '8%',
    render: ({ assigneeName }) => clipped(assigneeName ?? 'Nobody yet'),
  },
  {
    key: 'created',
    title: 'Came in',
    card: 'none',
    width: 78,
    render: ({ createdAt }) => <When at={createdAt} as="ago" />,
  },
];
