import { type PackedHead, probabilities } from './model.ts';
import { hasDealers, isNoComplaint, type RuledWishes, saysCancel, type Wishes } from './rules.ts';
import { type Entities, type Expecting, INTENTS, type Intent, type Scored } from './types.ts';

export type IntentReading = { intents: Scored<Intent>[]; acts: Intent[]; wishes: Wishes };

/** Acts that are nothing by themselves when a request stands beside them. */
const SOCIAL = new Set<Intent>([
  'greet',
  'thanks',
  'affirm',
  'deny',
  'give_details',
  'give_feedback',
  'out_of_scope',
]);
const CLAUSES = /[.!?;\n]+|,\s|\b(?:and also|also|and then|aur|and|plus|but|lekin|magar|और|लेकिन)\b/i;
/** From here on the model alone is believed that somebody wants out, in, or a person. */
const WISHED = 0.5;
/** Enough where nothing else is likelier: a wish missed is worse than one too many. */
const LIKELIEST = { talk_to_human: 0.28, opt_out: 0.36 };

/** The model over the whole message and over its clauses, corrected by what the rules are sure of. */
export function understandIntents(
  text: string,
  features: Uint32Array,
  head: PackedHead | undefined,
  ruled: RuledWishes,
  entities: Entities,
  expecting?: Expecting,
): IntentReading {
  const p = head
    ? probabilities(head, text, features)
    : new Float32Array(INTENTS.length).fill(1 / INTENTS.length);
  const of = (label: Intent) => p[INTENTS.indexOf(label)]!;
  // "how do I stop the leak": the words of a wish, said of something else
  if (ruled.notOptOut && !ruled.optOut) dampen(p, 'opt_out');
  if (ruled.notHuman && !ruled.wantsHuman) dampen(p, 'talk_to_human');
  if (isNoComplaint(text)) dampen(p, 'raise_complaint');
  if (hasDealers(text)) dampen(p, 'become_dealer');
  // who cannot come has another time in mind, unless they say otherwise
  const unsure = Math.min(of('cancel_appointment'), of('reschedule_appointment')) > 0.2;
  if (unsure && !saysCancel(text)) dampen(p, 'cancel_appointment');
  const wishes = wishesBy(ruled, of, Math.max(...p));
  const lift = (label: Intent, least: number) => {
    const k = INTENTS.indexOf(label);
    if (p[k]! >= least) return;
    const rest = (1 - least) / (1 - p[k]!);
    for (let i = 0; i < p.length; i++) p[i]! *= rest;
    p[k] = least;
  };
  // a short answer to what was asked is its answer; "CRM login issue" names a product and wants help with it
  const complains = expecting === 'product' && of('raise_complaint') > 0.85 && /\S\s+\S+\s+\S/.test(text);
  if (answered(text, entities, expecting) && !complains && text.length < 60 && !text.includes('?'))
    lift('give_details', 0.8);
  // nothing but a product is a question for it
  if (entities.product && Math.max(...p) < 0.5) lift('enquire_product', 0.6);
  if (wishes.wantsHuman) lift('talk_to_human', 0.85);
  if (wishes.optIn) lift('opt_in', 0.85);
  if (wishes.optOut) lift('opt_out', 0.95);

  const intents = INTENTS.map((label, k) => ({ label, score: p[k]! })).sort((a, b) => b.score - a.score);
  const acts = new Set<Intent>([intents[0]!.label]);
  if (head) for (const label of inClauses(text, head)) acts.add(label);
  for (const { label, score } of intents.slice(1, 3)) if (score > 0.3) acts.add(label);
  // who cannot come has either another time in mind or none: a doubt never cancels
  const [moved, cancelled] = [of('reschedule_appointment'), of('cancel_appointment')];
  if (acts.has('reschedule_appointment') && acts.has('cancel_appointment'))
    acts.delete(moved >= cancelled ? 'cancel_appointment' : 'reschedule_appointment');
  const main = intents[0]!.label;
  return { intents, acts: [...acts].filter((label) => label === main || !SOCIAL.has(label)), wishes };
}

function dampen(p: Float32Array, label: Intent): void {
  p[INTENTS.indexOf(label)]! *= 0.02;
  const sum = p.reduce((s, v) => s + v, 0);
  for (let i = 0; i < p.length; i++) p[i]! /= sum;
}

/** What the rules say, unless the model is sure of an act that only sounds like it; and what the model alone is sure of. */
function wishesBy(ruled: RuledWishes, of: (label: Intent) => number, most: number): Wishes {
  const wished = (label: keyof typeof LIKELIEST) =>
    of(label) > WISHED || (of(label) > LIKELIEST[label] && of(label) === most);
  const sounds = of('cancel_appointment') + of('reschedule_appointment');
  const optOut =
    ruled.stopWord ||
    (ruled.optOut && sounds < 0.9 && of('opt_in') < 0.95) ||
    (wished('opt_out') && !ruled.notOptOut);
  return {
    optOut,
    optIn: !optOut && (ruled.optIn || of('opt_in') > WISHED),
    wantsHuman: ruled.wantsHuman || (wished('talk_to_human') && !ruled.notHuman),
  };
}

function answered(text: string, e: Entities, expecting?: Expecting): boolean {
  if (expecting === 'choice') return /^\W*(?:\d{1,2}|[a-z])\W*$/i.test(text);
  if (expecting === 'name') return e.person !== undefined;
  if (expecting === 'phone') return e.phone !== undefined || e.phoneProblem !== undefined;
  if (expecting === 'email') return e.email !== undefined;
  if (expecting === 'date-time') return e.dateTime !== undefined;
  if (expecting === 'number') return e.quantity !== undefined;
  return expecting === 'product' && e.product !== undefined;
}

function inClauses(text: string, head: PackedHead): Intent[] {
  const clauses = text
    .split(CLAUSES)
    .map((c) => c?.trim() ?? '')
    .filter((c) => c.length > 3)
    .slice(0, 4);
  if (clauses.length < 2) return [];
  const found: Intent[] = [];
  for (const clause of clauses) {
    const p = probabilities(head, clause);
    let k = 0;
    for (let i = 1; i < p.length; i++) if (p[i]! > p[k]!) k = i;
    const label = INTENTS[k]!;
    if (p[k]! > 0.6 && !SOCIAL.has(label)) found.push(label);
  }
  return found;
}
