import { evidenceOf } from './evidence.ts';
import { withEvidence } from './features.ts';
import { type PackedHead, probabilities } from './model.ts';
import type { Wishes } from './rules.ts';
import {
  type Entities,
  type Expecting,
  type Intent,
  JUNK_LABELS,
  type JunkLabel,
  type Scored,
  type Understanding,
} from './types.ts';

type Circumstances = {
  /** What the rules alone are sure of: that is never junk. */
  ruled: Wishes;
  /** Of the intent head. */
  features: Uint32Array;
  wishes: Wishes;
  intents: Scored<Intent>[];
  entities: Entities;
  expecting?: Expecting;
  /** Below this probability of being junk at all the label is ok: it would not even be reviewed. */
  review: number;
};

/** Acts that are let through whatever the words look like. */
const PROTECTED = new Set<Intent>([
  'opt_out',
  'talk_to_human',
  'raise_complaint',
  'ticket_status',
  'order_status',
  'payment_query',
  'cancel_appointment',
  'reschedule_appointment',
]);

/** How much a rule moves the odds of a label, beside what the trained head makes of the same evidence. */
const PUSH: Record<string, [JunkLabel, number]> = {
  'insult without a concrete issue': ['abuse', 1.5],
  threat: ['abuse', 1],
  'rude, but about a concrete issue': ['ok', 1.5],
  'keys hit at random': ['gibberish', 1.5],
  'placeholder or test': ['gibberish', 2],
  'no words': ['gibberish', 1.5],
};

/** Model and rules together; opt-outs, a person wanted and complaints are never junk. */
export function judgeJunk(
  text: string,
  head: PackedHead | undefined,
  at: Circumstances,
): Understanding['junk'] {
  const reasons = evidenceOf(text);
  const p = head
    ? probabilities(head, text, withEvidence(at.features, reasons))
    : Float32Array.from(JUNK_LABELS, (label) => (label === 'ok' ? 0.5 : 0.1));
  const z = JUNK_LABELS.map((_, k) => Math.log(Math.max(p[k]!, 1e-4)));
  const push = (label: JunkLabel, by: number) => {
    z[JUNK_LABELS.indexOf(label)]! += by;
  };
  for (const reason of reasons) if (PUSH[reason]) push(...PUSH[reason]);
  const [best] = at.intents;
  const insulted = reasons.some((r) => PUSH[r]?.[0] === 'abuse');
  if (best && PROTECTED.has(best.label) && best.score > 0.6 && !insulted) push('ok', 2);
  if (at.expecting && at.expecting !== 'free' && Object.keys(at.entities).length > 0) push('ok', 3);
  if (at.wishes.optOut || at.wishes.wantsHuman) push('ok', insulted ? 0 : 1.5);
  if (isFact(text, at.entities)) push('gibberish', -4);
  else if (isWord(text) && reasons.length === 0) push('gibberish', -4);
  if (at.ruled.optOut || at.ruled.wantsHuman) {
    const reason = at.ruled.optOut ? 'asks to be left alone' : 'asks for a person';
    return { label: 'ok', score: 0.99, reasons: [reason] };
  }
  const shares = z.map((v) => Math.exp(v - Math.max(...z)));
  const whole = shares.reduce((s, v) => s + v, 0);
  const junk = 1 - shares[0]! / whole;
  if (junk < at.review)
    return { label: 'ok', score: 1 - junk, reasons: reasons.filter((r) => r.startsWith('rude')) };
  const label = JUNK_LABELS[shares.indexOf(Math.max(...shares.slice(1)), 1)]!;
  return { label, score: junk, reasons: reasons.length > 0 ? reasons : [`reads like ${SAID[label]}`] };
}

/** A number, an address, a date or a part number by itself is an answer, not a mash of keys. */
function isFact(text: string, entities: Entities): boolean {
  if (text.length <= 2) return true;
  const { phone, email, dateTime, city, budget, company } = entities;
  if (phone || email || dateTime || city || budget || company) return true;
  return (
    /^(?=.*\d)[A-Za-z]{0,4}[\s/.-]?\d{1,6}[A-Za-z]{0,3}(?:[\s/.-]\d{1,5})?$/.test(text) &&
    !/^(?:abc|xyz|test|asd)/i.test(text)
  );
}

/** "blue", "Entschuldigung": one word that can be spoken is an answer sooner than a mash. */
const isWord = (text: string): boolean =>
  /^\p{L}{2,16}[.!]?$/u.test(text) &&
  /[aeiouyáéíóúäöüàèê]/i.test(text) &&
  !/[bcdfghjklmnpqrstvwxz]{4}|(.)\1\1/i.test(text.replace(/t?sch/gi, 's'));

const SAID: Record<JunkLabel, string> = {
  ok: 'a customer',
  spam: 'spam',
  gibberish: 'no language',
  abuse: 'an insult',
  vendor_pitch: 'an offer to the business',
  job_seeker: 'a request for work',
};
