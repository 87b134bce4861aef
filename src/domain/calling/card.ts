import type { z } from 'zod';
import type { Answer } from '../../core/define.ts';
import type { Card, CardButton } from '../../core/messaging.ts';
import { readableDate, readableTime } from '../../core/zone.ts';
import { logCall, outcomeLabels } from '../activities/contract.ts';
import { type HandedOut, logSaid, nextToRing, skipLead, understandCall } from './contract.ts';

type At = { zone: string; locale: string };

/** Everything for one call: whom, why, what was said last, and a button for what came of it. */
export function handedOutCard({ lead, since, note, reason }: HandedOut, { zone, locale }: At): Card {
  const { id: leadId, number, name, phone, product, stageLabel, source, lastCallOutcome } = lead!;
  const when = (iso: string) =>
    `${readableDate(new Date(iso), zone, locale)}, ${readableTime(new Date(iso), zone, locale)}`;
  const fields = [
    ['Phone', phone],
    [reason === 'missed' ? 'Rang' : reason === 'fresh' ? 'Came' : 'Due', since && when(since)],
    ['Status', stageLabel],
    ['Product', product],
    [
      'Last call',
      lastCallOutcome && (outcomeLabels[lastCallOutcome as keyof typeof outcomeLabels] ?? lastCallOutcome),
    ],
    ['Note', note],
    ['Source', source],
  ] as const;
  return {
    title: `#${number} ${name}`,
    fields: fields.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    buttons: [
      ...outcomes(leadId),
      { label: 'Skip', command: skipLead.name, input: { leadId }, form: true },
      { label: 'Next', command: nextToRing.name, input: {} },
    ],
    link: `/leads/${leadId}`,
    key: `lead:${leadId}`,
  };
}

const outcomes = (leadId: string): CardButton[] => [
  { label: 'Answered', command: logCall.name, input: { leadId, outcome: 'answered' }, style: 'primary' },
  { label: 'RNR', command: logCall.name, input: { leadId, outcome: 'rnr' } },
  { label: 'CALL BACK', command: logCall.name, input: { leadId, outcome: 'callback' }, form: true },
  { label: 'NUMBER BUSY', command: logCall.name, input: { leadId, outcome: 'busy' } },
];

/** What was understood, field by field with its words, to be confirmed or put right; nothing is kept before. */
export function saidCards({
  said,
  input,
  lead,
  leads,
  understood,
  open,
}: z.output<typeof understandCall.output>): Answer {
  if (!lead && leads.length)
    return {
      text: open.map(({ why }) => why).join(' '),
      cards: leads.map(({ id, number, name, stageLabel }) => ({
        title: `#${number} ${name}`,
        fields: [{ label: 'Status', value: stageLabel }],
        buttons: [{ label: 'This one', command: understandCall.name, input: { said, leadId: id } }],
      })),
    };
  const asks = open.map(({ why }) => why).join(' ');
  if (!lead) return { text: asks };
  const ready = !open.some(({ needed }) => needed);
  const button: CardButton = { label: 'Change', command: logSaid.name, input, form: true };
  return {
    text: ready ? `Understood, not logged yet.${asks ? ` ${asks}` : ''}` : asks,
    cards: [
      {
        title: `#${lead.number} ${lead.name}`,
        fields: understood
          .filter(({ field }) => field !== 'lead')
          .map(({ field, label, value, words }) => ({
            label,
            value: field === 'note' || !words ? value : `${value} (“${words}”)`,
          })),
        buttons: ready
          ? [{ label: 'Log it', command: logSaid.name, input, style: 'primary' }, button]
          : [{ ...button, label: 'Fill in', style: 'primary' }],
      },
    ],
  };
}
