import type { Card, CardButton } from '../../core/messaging.ts';
import { readableDate, readableTime } from '../../core/zone.ts';
import { logCall, outcomeLabels } from '../activities/contract.ts';
import type { LeadView } from './contract.ts';
import { moveLead } from './contract.ts';

type At = { zone: string; locale: string; now: Date };

/** What staff see of a lead in chat: who, where it stands, what is next, and the usual acts as buttons. */
export function leadCard(lead: LeadView, { zone, locale }: At): Card {
  const when = (iso: string) =>
    `${readableDate(new Date(iso), zone, locale)}, ${readableTime(new Date(iso), zone, locale)}`;
  const fields = [
    ['Phone', lead.phone],
    ['E-mail', lead.email],
    ['Status', lead.lostReasonLabel ? `${lead.stageLabel} (${lead.lostReasonLabel})` : lead.stageLabel],
    ['Product', lead.product],
    ['Follow-up', lead.followUpAt && when(lead.followUpAt)],
    ['Demo', lead.demoAt && when(lead.demoAt)],
    [
      'Last call',
      lead.lastCallOutcome &&
        (outcomeLabels[lead.lastCallOutcome as keyof typeof outcomeLabels] ?? lead.lastCallOutcome),
    ],
    ['Source', lead.source],
    ['Assigned to', lead.assigneeName],
  ] as const;
  return {
    title: `#${lead.number} ${lead.name}`,
    fields: fields.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    buttons: lead.stageKind === 'open' ? callButtons(lead.id) : [],
    link: `/leads/${lead.id}`,
    key: `lead:${lead.id}`,
  };
}

const callButtons = (leadId: string): CardButton[] => [
  { label: 'Answered', command: logCall.name, input: { leadId, outcome: 'answered' }, style: 'primary' },
  { label: 'RNR', command: logCall.name, input: { leadId, outcome: 'rnr' } },
  { label: 'CALL BACK', command: logCall.name, input: { leadId, outcome: 'callback' }, form: true },
  { label: 'NUMBER BUSY', command: logCall.name, input: { leadId, outcome: 'busy' } },
  { label: 'Status', command: moveLead.name, input: { leadId }, form: true },
];
