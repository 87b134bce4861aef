/** What was typed: a verb of the catalogue with its slots, help, or something near. */
import { AppError } from '../core/errors.ts';
import type { Content } from '../core/messaging.ts';
import { nearest } from '../core/nearest.ts';
import { readableMoment } from '../core/zone.ts';
import { allowed, type Conversation, canAsk, isAllowed } from './conversation.ts';
import { formFor } from './forms.ts';
import { claim, linkCode } from './link.ts';
import { lookups } from './lookup.ts';
import { perform } from './perform.ts';
import { sayValue } from './press-value.ts';
import { type Filled, fillSlots } from './slots.ts';
import { exampleOf, helpOn, helpText, type Verb } from './verbs.ts';
import type { When } from './when.ts';

export async function line(chat: Conversation, typed: string): Promise<Content[]> {
  const text = typed.replace(/^\s*\/crm\b/i, '').trim();
  const [word = 'help'] = text.split(/\s+/, 1).filter(Boolean);
  const rest = text.slice(word.length).trim();
  const code = linkCode(text);
  if (code) return [await claim(chat.system, chat.event, code)];
  if (/^help$/i.test(word) || word === '?') return help(chat, rest);
  // A lead's number alone asks for the lead.
  const verb = /^#\d+$/.test(text) ? chat.verbs.get('find') : chat.verbs.get(word);
  if (!verb || !isAllowed(chat, verb)) return unknownVerb(chat, word);
  return runLine(chat, verb, /^#\d+$/.test(text) ? text : rest);
}

async function runLine(chat: Conversation, verb: Verb, rest: string): Promise<Content[]> {
  const { ctx, system, event, config, readWhen } = chat;
  const example = exampleOf(verb);
  chat.attempts.set(event, { example });
  const { timezone: zone, businessHours } = config.app.organisation;
  const opening = businessHours.mon?.[0] ?? '10:00';
  const filled = await fillSlots(verb.usage, rest, {
    now: ctx.now(),
    zone,
    readWhen,
    opening,
    example,
    ...lookups(ctx, system, event, example),
  });
  if (filled.open.length || isIncomplete(verb, filled)) return ask(chat, verb, filled);
  const echo = filled.moments
    .map((at) => readableMoment(at, zone, config.app.organisation.locale))
    .join('; ');
  return perform(chat, verb.handler, filled.input, echo);
}

/** Optional in the line and needed by the command: `demo #12` asks for the time. */
function isIncomplete({ usage, handler }: Verb, { input }: Filled): boolean {
  const result = handler.operation.input.safeParse(input);
  const missing = result.error?.issues.filter(({ path }) => input[String(path[0])] === undefined) ?? [];
  return missing.some(({ path }) => usage.slots.some(({ name }) => name === path[0]));
}

/** Asks for what is missing in a modal, prefilled; where the channel cannot open one, in words. */
async function ask(chat: Conversation, verb: Verb, filled: Filled): Promise<Content[]> {
  const { ctx, event, config } = chat;
  const { timezone: zone, locale } = config.app.organisation;
  const unclear = filled.open.find(({ when }) => when && when.kind !== 'none');
  const prefill = { ...filled.input };
  for (const { slot, when } of filled.open)
    if (when?.kind === 'unclear' && when.guess) prefill[slot.name] = when.guess.toISOString();
  const note = unclear && whenProblem(unclear.when!, (at) => readableMoment(at, zone, locale));
  const form = canAsk(event) ? await formFor(ctx, verb.handler, verb, prefill, note?.message) : undefined;
  if (form) return [{ kind: 'form', form }];
  if (note) throw note;
  const names = filled.open.map(({ slot }) => slot.name.replace(/Id$/, '')).join(', ');
  throw new AppError('chat.not_understood', {
    problem: `Something is missing${names ? `: ${names}` : ''}.`,
    example: exampleOf(verb),
  });
}

function whenProblem(when: When, say: (at: Date) => string): AppError | undefined {
  if (when.kind === 'past') return new AppError('time.past', { when: say(when.at) });
  if (when.kind !== 'unclear') return undefined;
  return new AppError('time.unclear', {
    text: when.text,
    options: when.options.length ? when.options.map(say).join(' or ') : 'any time of that day',
  });
}

function help(chat: Conversation, about: string): Content[] {
  const verb = about ? chat.verbs.get(about) : undefined;
  if (verb && isAllowed(chat, verb)) return [{ kind: 'text', text: helpOn(verb) }];
  return about
    ? unknownVerb(chat, about)
    : [{ kind: 'text', text: helpText(allowed(chat), chat.config.app.organisation.name) }];
}

/** What one may not do is answered like what does not exist. */
function unknownVerb(chat: Conversation, typed: string): Content[] {
  const near = nearest(typed, [...allowed(chat).map(({ verb }) => verb), 'help']);
  const question = near ? ` Did you mean “${near}”?` : '';
  const choices = [...(near && near !== 'help' ? [near] : []), 'help'].map((verb) => ({
    label: verb,
    value: sayValue(verb === near ? `help ${verb}`.replace('help help', 'help') : verb),
  }));
  return [{ kind: 'text', text: `I do not know “${typed}”.${question}`, choices }];
}
