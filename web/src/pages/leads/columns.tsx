import { outcomeLabel } from '../../actions/call-outcomes.ts';
import type { Lead } from '../../api/operations.ts';
import { FollowUp, LeadName, Phone, StageTag } from '../../shared/lead-bits.tsx';
import type { Column } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';

export const leadColumns: Column<Lead>[] = [
  { key: 'name', title: 'Lead', card: 'title', width: '19%', render: (lead) => <LeadName lead={lead} /> },
  { key: 'stage', title: 'Stage', card: 'aside', width: '15%', render: (lead) => <StageTag lead={lead} /> },
  {
    key: 'phone',
    title: 'Phone',
    width: '12%',
    render: ({ phone, email }) =>
      phone ? <Phone value={phone} /> : <span className="clip">{email ?? '–'}</span>,
  },
  {
    key: 'product',
    title: 'Looking for',
    render: ({ product }) => <span className="clip">{product ?? '–'}</span>,
  },
  {
    key: 'source',
    title: 'Source',
    render: ({ source, campaign }) => <span title={campaign}>{source}</span>,
  },
  {
    key: 'followUp',
    title: 'Follow-up',
    width: '13%',
    render: ({ followUpAt }) => <FollowUp at={followUpAt} />,
  },
  {
    key: 'call',
    title: 'Last call',
    card: 'none',
    render: ({ lastCallOutcome }) => (lastCallOutcome ? outcomeLabel(lastCallOutcome) : '–'),
  },
  { key: 'assignee', title: 'With', render: ({ assigneeName }) => assigneeName ?? 'Nobody yet' },
  {
    key: 'created',
    title: 'Came in',
    card: 'none',
    width: '8%',
    render: ({ createdAt }) => <When at={createdAt} as="ago" />,
  },
];
