/** Somebody whose talk was over comes back with a new wish: a new enquiry, and nothing asked that we know. */
import { following, stepById } from '../definition.ts';
import type { Understanding } from '../nlu.ts';
import { say } from './say.ts';
import { freshMemory, type Talk } from './talk.ts';

const afterHours = 24;
const wishes = ['enquire_product', 'ask_price', 'request_quote', 'book_appointment', 'request_brochure'];
/** Who somebody is stays; what they wanted last time does not. */
const lasting = ['name', 'phone', 'email', 'company', 'city'];

export function renew(talk: Talk, read: Understanding): void {
  const { memory, vars, input } = talk;
  const { lastAt } = memory;
  if (!memory.resting || !lastAt || input.now.getTime() - Date.parse(lastAt) < afterHours * 3_600_000) return;
  if (!read.acts.some((act) => wishes.includes(act)) || hasDemoToCome(talk)) return;
  const { language, said, last, words } = memory;
  Object.assign(memory, freshMemory(), { language, said, last, words, choices: [] });
  memory.opening = words.slice(-1);
  talk.vars = Object.fromEntries(Object.entries(vars).filter(([name]) => lasting.includes(name)));
  const first = stepById(talk.flow, talk.flow.start);
  talk.step = (first?.kind === 'say' && following(talk.flow, first)) || talk.flow.start;
  say(talk, 'smalltalk.back');
}

/** A demo that is booked is moved by a new wish, not forgotten. */
function hasDemoToCome({ vars, input }: Talk): boolean {
  const startsAt = (vars.appointment as { startsAt?: string } | undefined)?.startsAt;
  return startsAt !== undefined && Date.parse(startsAt) > input.now.getTime();
}
