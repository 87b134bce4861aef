/** Whether a message answers the open question or asks for something of its own. */
import type { Slot } from '../definition.ts';
import type { Understanding } from '../nlu.ts';

const sidesteps = [
  'greet',
  'thanks',
  'ask_price',
  'request_brochure',
  'ask_location',
  'ask_hours',
  'talk_to_human',
  'call_back',
  'opt_out',
  'cancel_appointment',
  'reschedule_appointment',
  'raise_complaint',
  'ticket_status',
  'order_status',
  'payment_query',
  'request_quote',
  'become_dealer',
  'give_feedback',
  'book_appointment',
];
/** The message asks for something of its own, so its words are no answer. */
export function isAside(read: Understanding, slot: Slot): boolean {
  const main = read.intents[0];
  // "A quotation for 20 chairs" says what is wanted; "what does it cost?" does not.
  if (slot.type === 'product' && main && ['request_quote', 'enquire_product'].includes(main.label))
    return false;
  if (read.junk.label === 'gibberish' || (read.junk.label !== 'ok' && read.junk.score >= 0.6)) return true;
  if (main?.label === 'deny' && main.score >= 0.7) return true;
  return (
    read.acts.some((act) => sidesteps.includes(act)) ||
    (main !== undefined && main.score >= 0.6 && sidesteps.includes(main.label))
  );
}

/** "Not looking for anything": no, in more words. */
export const isRefusal = ({ intents: [main], entities }: Understanding): boolean =>
  main?.label === 'deny' && main.score >= 0.85 && entities.dateTime === undefined;

/** The main intent where it is likelier than not. */
export const sure = (read: Understanding): string =>
  read.intents[0] && read.intents[0].score >= 0.5 ? read.intents[0].label : '';

/** "A CRM, I suppose" */
export const isBareProduct = ({ entities: { product } }: Understanding, text: string): boolean =>
  product !== undefined &&
  text.split(/\s+/).length <= 5 &&
  !/\d|\b(status|update|complaint|ticket|pending|resolved|not|no|never|fail\w*|broken|down|error|issue|problem|crash\w*|slow|bug|band|kharab|nahi)\b/i.test(
    text,
  );
