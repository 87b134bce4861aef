import { type PackedHead, probabilities } from './model.ts';
import type { Wishes } from './rules.ts';
import { type Entities, type Expecting, INTENTS, type Intent, type Scored } from './types.ts';

export type IntentReading = { intents: Scored<Intent>[]; acts: Intent[] };

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

/** The model over the whole message and over its clauses, corrected by what the rules are sure of. */
export function understandIntents(
  text: string,
  head: PackedHead | undefined,
  wishes: Wishes,
  entities: Entities,
  expecting?: Expecting,
): IntentReading {
  const p = head ? probabilities(head, text) : new Float32Array(INTENTS.length).fill(1 / INTENTS.length);
  const lift = (label: Intent, least: number) => {
    const k = INTENTS.indexOf(label);
    if (p[k]! >= least) return;
    const rest = (1 - least) / (1 - p[k]!);
    for (let i = 0; i < p.length; i++) p[i]! *= rest;
    p[k] = least;
  };
  // a short answer to what was asked is its answer
  const answers = answered(entities, expecting) && text.length < 60 && !text.includes('?');
  if (answers) lift('give_details', 0.8);
  if (wishes.wantsHuman) lift('talk_to_human', 0.85);
  if (wishes.optIn) lift('opt_in', 0.85);
  if (wishes.optOut) lift('opt_out', 0.95);

  const intents = INTENTS.map((label, k) => ({ label, score: p[k]! })).sort((a, b) => b.score - a.score);
  const acts = new Set<Intent>([intents[0]!.label]);
  if (head) for (const label of inClauses(text, head)) acts.add(label);
  for (const { label, score } of intents.slice(1, 3)) if (score > 0.3 && !SOCIAL.has(label)) acts.add(label);
  const main = intents[0]!.label;
  const list = [...acts].filter((label) => label === main || !SOCIAL.has(label));
  return { intents, acts: list };
}

function answered(e: Entities, expecting?: Expecting): boolean {
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
    .slice(0, 6);
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
