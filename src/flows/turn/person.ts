/** Handing over to a person: said once, with a summary for whoever takes over. */
import { isOpen } from '../../core/office.ts';
import { say } from './say.ts';
import type { Talk } from './talk.ts';
import { handedOver } from './walk.ts';
import { inWords } from './words.ts';
import { readOut } from './zone.ts';

export function handOff(talk: Talk, key: string): void {
  const reachable = talk.vars.phone !== undefined || talk.vars.email !== undefined;
  handedOver(talk);
  say(talk, reachable || !talk.texts.en?.[`${key}-unknown`] ? key : `${key}-unknown`);
  if (!isOpen(talk.input.now, talk.app.organisation)) say(talk, 'person.closed');
  talk.mode = 'human';
  talk.quiet = true;
  talk.answered = true;
  talk.memory.offered = false;
  talk.memory.misses = 0;
}

/** What is known and what was asked, a line each. */
export function summary(talk: Talk): string {
  const { vars, memory } = talk;
  const lines: [string, unknown][] = [
    ['Name', vars.name],
    ['Phone', vars.phone],
    ['E-mail', vars.email],
    ['Looking for', vars.product],
    ['Quantity', vars.quantity && inWords(vars.quantity)],
    ['Budget', vars.budget && inWords(vars.budget)],
    ['City', vars.city],
    ['Company', vars.company],
    ['Demo', typeof vars.demoAt === 'string' ? readOut(vars.demoAt, talk.zone, 'en') : undefined],
    ['Open question', memory.asked?.step],
    ['Notes', memory.notes.join('; ')],
    ['Last words', memory.words.slice(-3).join(' / ')],
  ];
  return lines
    .filter(([, value]) => value)
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n');
}
