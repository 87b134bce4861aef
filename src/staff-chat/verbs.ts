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
