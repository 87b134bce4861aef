import type { Understanding } from './types.ts';

export type LeadReason = { reason: string; points: number };
/** `total` is the sum of the reasons' points, kept within 0 and 100. From 50 on a lead is hot, from 25 warm. */
export type LeadScore = { total: number; grade: 'hot' | 'warm' | 'cold'; reasons: LeadReason[] };

const DECISION =
  /\b(?:finali[sz]e\w*|ready to (?:buy|order|pay|start|proceed)|want to (?:buy|order|purchase|proceed)|will (?:buy|order|take it|confirm)|place (?:an? |the |my )?order|purchase order|book it|go ahead|advance|token|confirm(?:ed)? (?:order|it)|let's (?:start|proceed)|when can (?:you|we) start|how (?:do|can) (?:i|we) (?:pay|order|buy)|lena hai|le lenge|lenge|khareedna|kharidna|order karna|final karna|pakka)\b|लेना है|खरीदना|ऑर्डर करना|पक्का/i;
const DECIDER =
  /\b(?:owner|proprietor|director|founder|ceo|md|purchase (?:head|manager|officer)|procurement|partner|principal|malik)\b|मालिक/i;
const COMPARING = /\b(?:compar\w*|other (?:vendors?|quotes?)|competitor|shortlist\w*|evaluat\w*)\b/i;
const LOOKING =
  /\b(?:just (?:browsing|looking|exploring|checking|curious|asking)|only exploring|for (?:my )?project report|assignment|research purpose|aise hi|bas dekh raha)\b/i;

/** Everything a score may stand on; nothing else is looked at. */
export type LeadFacts = Pick<Understanding, 'acts' | 'entities' | 'junk' | 'urgency'> & { text: string };

/** How ready somebody is to buy, as a sum whose every part is named. Pure. */
export function scoreLead({ text, acts, entities, junk, urgency }: LeadFacts): LeadScore {
  const reasons: LeadReason[] = [];
  const add = (points: number, reason: string) => reasons.push({ reason, points });
  const has = (...labels: string[]) => acts.some((act) => labels.includes(act));

  if (has('request_quote')) add(20, 'asks for a quotation');
  else if (has('ask_price')) add(10, 'asks the price');
  if (has('book_appointment')) add(20, 'asks for a demo or a visit');
  if (has('call_back')) add(10, 'wants to be called');
  if (has('enquire_product')) add(5, 'asks about a product');
  if (entities.product) add(5, `names a product: ${entities.product}`);
  if (entities.budget) add(20, `names a budget: ${entities.budget.currency} ${entities.budget.amount}`);
  const { quantity } = entities;
  if (quantity) add(quantity.value >= 10 ? 15 : 8, `names a quantity: ${quantity.value} ${quantity.unit}`);
  if (entities.dateTime && !entities.dateTime.past) add(10, 'names a date');
  if (DECISION.test(text)) add(20, 'words of a decision');
  if (DECIDER.test(text)) add(10, 'is or speaks for the one who decides');
  if (COMPARING.test(text)) add(5, 'compares offers');
  if (entities.phone || entities.email) add(10, 'leaves a number or an address');
  if (entities.company) add(5, `names a company: ${entities.company}`);
  if (urgency.level === 'high') add(15, 'is in a hurry');
  if (urgency.level === 'low') add(-10, 'is in no hurry');
  if (LOOKING.test(text)) add(-15, 'is only looking');
  if (has('deny')) add(-30, 'says no');
  if (has('opt_out')) add(-60, 'wants no messages');
  if (has('raise_complaint', 'ticket_status', 'order_status', 'payment_query'))
    add(-15, 'is a customer with another concern');
  if (junk.label !== 'ok') add(-80, `looks like ${junk.label}`);
  else if (has('out_of_scope')) add(-30, 'is about something else');

  const total = Math.max(
    0,
    Math.min(
      100,
      reasons.reduce((sum, r) => sum + r.points, 0),
    ),
  );
  return { total, grade: total >= 50 ? 'hot' : total >= 25 ? 'warm' : 'cold', reasons };
}
