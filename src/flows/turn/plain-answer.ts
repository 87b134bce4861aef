/** The whole message as the answer, where the language engine names no fact in it. */
import type { Slot } from '../definition.ts';
import type { Understanding } from '../nlu.ts';
import { sure } from './asides.ts';
import { textOf } from './choices.ts';
import { fill } from './slots.ts';
import type { Talk } from './talk.ts';
import { nameFrom, needFrom } from './words.ts';

export function takePlain(talk: Talk, name: string, slot: Slot, whole: string, read: Understanding): void {
  const text = without(
    whole,
    read.entities.dateTime?.kind === 'none' ? '' : (read.entities.dateTime?.text ?? ''),
  ).trim();
  if (!text || (text !== whole && slot.type === 'name')) return;
  const value =
    slot.type === 'name'
      ? ['deny', 'affirm', 'out_of_scope'].includes(sure(read))
        ? undefined
        : nameFrom(text)
      : slot.type === 'product'
        ? needFrom(text)
        : slot.type === 'free'
          ? whole.trim()
          : slot.type === 'city' || slot.type === 'company'
            ? nameFrom(text)
            : slot.type === 'number'
              ? numberFrom(text)
              : slot.type === 'choice'
                ? choiceFrom(talk, text)
                : undefined;
  const key = `${textOf(talk, name)}.invalid`;
  if (value !== undefined && isAllowed(slot, value)) fill(talk, name, value);
  else if (value !== undefined || slot.type === 'number') talk.problem = { key };
}

/** Within the slot's bounds, and of its pattern. */
export function isAllowed({ pattern, min, max }: Slot, value: unknown): boolean {
  const size = typeof value === 'number' ? value : String(value).length;
  if ((min !== undefined && size < min) || (max !== undefined && size > max)) return false;
  return pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(String(value));
}

/** The one choice whose words the customer used: "the second floor one", "billing wala". */
function choiceFrom(talk: Talk, text: string): string | undefined {
  const said = ` ${text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')} `;
  const meant = talk.memory.choices.filter(({ label, value }) =>
    [label, value.slice(value.indexOf('=') + 1)].some((words) =>
      said.includes(
        ` ${words
          .toLowerCase()
          .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
          .trim()} `,
      ),
    ),
  );
  const value = meant.length === 1 ? meant[0]!.value : undefined;
  return value?.slice(value.indexOf('=') + 1);
}

const numberFrom = (text: string) =>
  /\d+(\.\d+)?/.exec(text) ? Number(/\d+(\.\d+)?/.exec(text)![0]) : undefined;

export const without = (text: string, words: string): string => (words ? text.replace(words, ' ') : text);
