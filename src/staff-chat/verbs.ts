/** What can be said, from the catalogue's chat grammar; help and suggestions come out of the same table. */
import type { Catalogue } from '../core/catalogue.ts';
import { type ChatUsage, usage } from '../core/chat-grammar.ts';
import type { Config } from '../core/config.ts';
import type { Handler } from '../core/define.ts';

export type Verb = { verb: string; usage: ChatUsage; handler: Handler };
export type Verbs = {
  get(verb: string): Verb | undefined;
  byCommand(name: string): Verb | undefined;
  all: Verb[];
};

/** What is asked comes before what is done, and what needs no words (undo) last; else as the modules list them. */
export function verbsOf(catalogue: Catalogue, stages: Stage[]): Verbs {
  const all = catalogue.handlers.flatMap((handler) => {
    const chat = handler.operation.chat;
    return chat ? [{ verb: chat.verb, usage: ofOrganisation(chat, stages), handler }] : [];
  });
  const rank = ({ usage, handler }: Verb) =>
    handler.operation.kind === 'query' ? 0 : usage.slots.length ? 1 : 2;
  all.sort((a, b) => rank(a) - rank(b));
  return {
    all,
    get: (verb) => all.find((one) => one.verb === verb.toLowerCase()),
    byCommand: (name) => all.find(({ handler }) => handler.operation.name === name),
  };
}

type Stage = Config['pipelines'][number]['stages'][number];

/** A stage may be said by its name, its key, or as won and lost. */
export function ofOrganisation(chat: ChatUsage, stages: Stage[]): ChatUsage {
  const options = Object.fromEntries([
    ...stages.map(({ key, label }) => [label.toLowerCase(), key]),
    ...(['won', 'lost'] as const).flatMap((kind) => {
      const stage = stages.find((one) => one.kind === kind);
      return stage ? [[kind, stage.key]] : [];
    }),
  ]);
  const slots = chat.slots.map((slot) =>
    slot.type === 'choice' && slot.from === 'stages' ? { ...slot, options } : slot,
  );
  return { ...chat, slots };
}

/** `/crm call #12 rnr` as somebody types it. */
export const exampleOf = ({ usage }: Verb): string => `/crm ${usage.example}`;

export function helpText(verbs: Verb[], brand: string): string {
  const lines = verbs.map(({ usage: chat, handler }) => `• ${usage(chat)} – ${handler.operation.summary}`);
  return [
    `What you can do in ${brand} from here:`,
    ...lines,
    '• help [verb] – This list, or one of it with an example',
    '',
    'A lead is its number: #12. Times as you say them: tomorrow 5pm, Friday 11:30, in 2 hours.',
  ].join('\n');
}

export const helpOn = (verb: Verb): string =>
  `${usage(verb.usage)}\n${verb.handler.operation.summary}.\nExample: ${exampleOf(verb)}`;

/** The verb that was probably meant; undefined when nothing is near. */
export function nearest(typed: string, verbs: string[]): string | undefined {
  const wanted = typed.toLowerCase();
  const ranked = verbs
    .map((verb) => ({
      verb,
      distance: verb.startsWith(wanted) && wanted.length > 1 ? 0.5 : distance(wanted, verb),
    }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.verb.length / 2)) ? best.verb : undefined;
}

/** Edits from one word to the other; two neighbours swapped count as one (Damerau, optimal string alignment). */
export function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        rows[i]![j] = Math.min(rows[i]![j]!, rows[i - 2]![j - 2]! + 1);
    }
  }
  return rows[a.length]![b.length]!;
}
