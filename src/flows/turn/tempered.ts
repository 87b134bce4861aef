/** What the language engine heard, held against what was asked: no wish where the words only explain. */
import type { Understanding } from '../nlu.ts';
import { sendsAnother } from './attendance.ts';
import { languageAsked } from './language.ts';
import { asksOn, prefersWriting, saysStop } from './second-look.ts';
import { askedSlot } from './slots.ts';
import type { Talk } from './talk.ts';
import { understand } from './understand.ts';
import { takenBack } from './withdraw.ts';

/** What the question explains is no wish: a product's own name is no call for help, "phone nahi dena" no farewell. */
export function tempered(talk: Talk, text: string, read: Understanding): Understanding {
  const named = read.entities.product !== undefined && text.split(/\s+/).length <= 3;
  const asked = askedSlot(talk)?.slot.type;
  const declined =
    asked !== undefined &&
    takenBack(text).includes(asked) &&
    !/\b(message|msg|sms|contact(ing)? me|mail(ing)? me|call(ing)? me)\b/i.test(text);
  const meant = asPrice(text, withoutPurpose(talk, text, read));
  const acts = (meant.intents[0]?.score ?? 0) < 0.4 ? [] : meant.acts;
  const unwanted =
    talk.vars.appointment !== undefined && !read.entities.dateTime && takenBack(text).includes('date-time');
  const called =
    read.wantsHuman &&
    !named &&
    !sendsAnother(text) &&
    !languageAsked(text) &&
    !isForLater(text) &&
    !automates.test(text) &&
    (isAsked(text) || (read.entities.product === undefined && speaks.test(withoutCounts(text))));
  const comes = sendsAnother(text);
  const isMeant = (label: string) =>
    !(comes && aboutTimes.has(label)) && (label !== 'talk_to_human' || called || !read.wantsHuman);
  return {
    ...read,
    intents: meant.intents.filter(({ label }) => isMeant(label)),
    acts: unwanted ? ['cancel_appointment'] : acts.filter(isMeant),
    wantsHuman: called,
    optOut:
      read.optOut &&
      !named &&
      !declined &&
      saysStop(text) &&
      !prefersWriting(text) &&
      !leavesAnotherWay(talk, text, read) &&
      !asksOn(text, read),
  };
}

/** "Don't mail me, delete the address", "not my number, mail me at …": one way to reach them is closed, and another open. */
function leavesAnotherWay(talk: Talk, text: string, read: Understanding): boolean {
  const closed = takenBack(text);
  const { channel } = talk.input.conversation;
  if (/\b(messag\w*|msgs?|contact\w*|sms|whats ?app|again|any ?more|ever)\b|संदेश|मैसेज/i.test(text))
    return false;
  if (closed.includes('phone')) return read.entities.email !== undefined || talk.vars.email !== undefined;
  return closed.includes('email') && channel !== 'email' && talk.vars.phone !== undefined;
}

/** "We talk next month": not now, and nobody asked for. */
const isForLater = (text: string): boolean =>
  !somebody.test(text) &&
  /\b(agle|agli|next) (hafte|mahine|saal|week|month|year)\b|\b(later|baad (me|mein))\b/i.test(text);
/** "We want to automate support mails" is what the software is for. */
const automates =
  /\b(automate|manage|track|handle|organi[sz]e|streamline)\b.{0,30}\b(support|mails?|tickets?|calls?|leads?|customers?|complaints?)\b/i;
/** "30 Mitarbeiter", "10 agents": how many use it, and nobody who is called for. */
const withoutCounts = (text: string): string =>
  text.replace(
    /\d+\s*(?:\p{L}+\s)?(?:people|persons?|agents?|staff|employees|executives|members|mitarbeiter\w*|personas|empleados|personnes|employ[ée]s|log|logon)(?!\p{L})/giu,
    ' ',
  );
const isAsked = (text: string): boolean => somebody.test(withoutCounts(text));
/** A person is wanted to talk to: a word of that kind has to be there. A name alone is none. */
const speaks =
  /\b(?:talk\w*|speak\w*|spoke|chat|connect\w*|transfer\w*|call\w*|ring|phone|contact|reach|escalat\w*|help|bot|robot|machine|computer|assist\w*|support|baat\w*|bat kar\w*|boss|owner|sales|customer care|care|sprech\w*|mensch\w*|jemand\w*|mitarbeiter\w*|berater\w*|kolleg\w*|verbind\w*|anruf\w*|ruf\w*|habl\w*|persona\w*|alguien|asesor\w*|agente|humano|ll[aá]m\w*|parl\w*|humain\w*|conseill\w*|quelqu|appel\w*|vendeur|commercial)\b|बात|कॉल|फ़ोन|फोन|मदद|संपर्क/i;
const somebody =
  /\b(human|person|agent|some ?one|some ?body|executive|representative|manager|staff|operator|insaan|aadmi|kisi|senior|real|live|team|people|expert|specialist|advisor)\b|व्यक्ति|किसी|इंसान|आदमी/i;

const aboutTimes = new Set([
  'out_of_scope',
  'reschedule_appointment',
  'cancel_appointment',
  'book_appointment',
  'talk_to_human',
]);

/** What begins another flow, and what words that only say what a product is for sound like. */
const elsewhere = new Set([
  'become_dealer',
  'raise_complaint',
  'ticket_status',
  'order_status',
  'payment_query',
  'call_back',
  'give_feedback',
]);
const wanting =
  /\b(?:need|want|looking for|require|interested in|searching|demo of|buy|chahiye|chaiye|lena hai|dikha\w*)\b|चाहिए/i;
const purpose =
  /\b(?:for|in|to (?:manage|handle|track|run|serve)) (?:my|our|a|an|the|his|her|their|all)\b[^.,!?;\n]{2,60}|(?<!\p{L})(?:apn[iae]|hamar[eia]|mer[eia]|ek) [^.,!?\n]{2,40} (?:ke liye|k liye)\b/giu;
/** "A CRM for my travel agency", "a helpdesk for our complaints": what it is for is no wish of its own. */
function withoutPurpose(talk: Talk, text: string, read: Understanding): Understanding {
  if (!read.entities.product || !wanting.test(text) || !read.acts.some((act) => elsewhere.has(act)))
    return read;
  // "I use your CRM already, want the service desk also": the wish is in its own clause.
  const clause = text.split(/[,.;!\n]|\bbut\b/i).find((part) => wanting.test(part)) ?? text;
  const bare = clause.replace(purpose, ' ');
  if (bare === text || !/\p{L}{2}/u.test(bare)) return read;
  const { acts, intents, entities } = understand(talk, bare, undefined);
  if (!entities.product) return read;
  return { ...read, acts, intents };
}

/** "Share your pricing" asks what it costs; a quotation is called one. */
function asPrice(text: string, read: Understanding): Understanding {
  if (read.intents[0]?.label !== 'request_quote' || !priced.test(text) || quoted.test(text)) return read;
  const rename = (label: string) => (label === 'request_quote' ? 'ask_price' : label);
  return {
    ...read,
    acts: [...new Set(read.acts.map(rename))],
    intents: read.intents
      .filter(({ label }) => label !== 'ask_price')
      .map((intent) => ({ ...intent, label: rename(intent.label) })),
  };
}
const priced = /\b(?:pric\w*|rates?|cost\w*|charges?|tariff|kitne? ka|daam|keemat)\b|कीमत|दाम|रेट/i;
const quoted =
  /\b(?:quot\w*|qoute|kotation|estimate|proforma|pro forma|proposal|offer|best price|for \d+|\d+ (?:users?|licen[cs]es?|seats|people|nos|pcs|units?|pieces))\b|कोटेशन|कोटे/i;
