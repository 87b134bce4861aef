/** One event of a linked colleague → answers. */
import type { UserActor } from '../core/actor.ts';
import type { Bus } from '../core/bus.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { Config } from '../core/config.ts';
import type { Context } from '../core/context.ts';
import type { Answer, Handler } from '../core/define.ts';
import { AppError, isAppError } from '../core/errors.ts';
import type { Content, Form, InboundEvent } from '../core/messaging.ts';
import { readableMoment } from '../core/zone.ts';
import { contents } from './answers.ts';
import { type Attempts, askAgain } from './explain.ts';
import { formFor } from './forms.ts';
import { claim, linkCode } from './link.ts';
import { lookups } from './lookup.ts';
import { type Filled, fillSlots } from './slots.ts';
import { exampleOf, helpOn, helpText, nearest, type Verb, type Verbs } from './verbs.ts';
import type { ReadWhen, When } from './when.ts';

export type Conversation = {
  /** As the colleague; `system` as the product. */
  ctx: Context;
  system: Context;
  actor: UserActor;
  event: InboundEvent;
  bus: Bus;
  catalogue: Catalogue;
  config: Config;
  verbs: Verbs;
  readWhen: ReadWhen;
  attempts: Attempts;
};

export async function respond(chat: Conversation): Promise<Content[]> {
  const { body } = chat.event;
  switch (body.kind) {
    case 'command':
    case 'text':
      return line(chat, body.text);
    case 'press':
      return press(chat, body.value);
    case 'form':
      return submitted(chat, body.command, body.values);
    case 'signal':
      return signal(chat, body.name, body.data ?? {});
    case 'unknown':
      return [];
    default:
      return [{ kind: 'text', text: 'I can read text here. Say “help” for what you can do.' }];
  }
}

async function line(chat: Conversation, typed: string): Promise<Content[]> {
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
  const form = event.meta?.triggerId
    ? await formFor(ctx, verb.handler, verb, prefill, note?.message)
    : undefined;
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

async function press(chat: Conversation, value: string): Promise<Content[]> {
  const pressed = readValue(value);
  if (!pressed)
    return [{ kind: 'text', text: 'This button is not known any more. Say “today” for your list.' }];
  if (pressed.say !== undefined) return line(chat, pressed.say);
  const handler = chat.catalogue.handler(pressed.command);
  if (!pressed.form) return withHome(chat, await perform(chat, handler, pressed.input));
  const form = await formFor(chat.ctx, handler, chat.verbs.byCommand(pressed.command), pressed.input);
  if (!form) return withHome(chat, await perform(chat, handler, pressed.input));
  return [{ kind: 'form', form }];
}

/** A button carries a command with its input, or a line to be said. */
type Pressed =
  | { say: string; command?: undefined }
  | { say?: undefined; command: string; input: Record<string, unknown>; form?: boolean };
function readValue(value: string): Pressed | undefined {
  try {
    const { say, command, input, form } = JSON.parse(value) as Record<string, unknown>;
    if (typeof say === 'string') return { say };
    if (typeof command !== 'string' || typeof input !== 'object' || input === null) return undefined;
    return { command, input: input as Record<string, unknown>, ...(form === true && { form }) };
  } catch {
    return undefined;
  }
}
export const sayValue = (say: string): string => JSON.stringify({ say });

async function submitted(
  chat: Conversation,
  command: string,
  values: Record<string, unknown>,
): Promise<Content[]> {
  const handler = chat.catalogue.handler(command);
  const verb = chat.verbs.byCommand(command);
  const input = { ...values };
  const number = lookups(chat.ctx, chat.system, chat.event, verb ? exampleOf(verb) : '');
  for (const slot of verb?.usage.slots ?? []) {
    const typed = input[slot.name];
    const match =
      slot.type === 'lead' && typeof typed === 'string' ? /^#?(\d{1,9})$/.exec(typed.trim()) : null;
    if (match) input[slot.name] = await number.lead(Number(match[1]));
  }
  return withHome(chat, await perform(chat, handler, input));
}

async function signal(chat: Conversation, name: string, data: Record<string, unknown>): Promise<Content[]> {
  if (name === 'home.opened') return [await home(chat)];
  if (name !== 'shortcut') return [];
  // "Act on that message": its text becomes a note.
  const verb = chat.verbs.get('note');
  if (!verb || !isAllowed(chat, verb)) return [];
  const form: Form | undefined = await formFor(chat.ctx, verb.handler, verb, {
    note: String(data.text ?? ''),
  });
  return form ? [{ kind: 'form', form }] : [];
}

/** Home is today's worklist. */
async function home(chat: Conversation): Promise<Content> {
  const verb = chat.verbs.get('today');
  if (!verb || !isAllowed(chat, verb))
    return {
      kind: 'cards',
      text: helpText(allowed(chat), chat.config.app.organisation.name),
      cards: [],
      update: true,
    };
  const answer = await present(chat, verb.handler, {});
  return { kind: 'cards', text: answer.text ?? '', cards: answer.cards ?? [], update: true };
}

/** What was pressed on Home is answered in the direct message, and Home shows the list as it is now. */
async function withHome(chat: Conversation, answers: Content[]): Promise<Content[]> {
  if (chat.event.meta?.surface !== 'home') return answers;
  return [
    ...answers.map((content) => ('update' in content ? { ...content, update: false } : content)),
    await home(chat),
  ];
}

async function perform(
  chat: Conversation,
  handler: Handler,
  input: Record<string, unknown>,
  echo = '',
): Promise<Content[]> {
  const { ctx, event, verbs } = chat;
  try {
    return contents(await present(chat, handler, input), {
      echo,
      pressed: event.body.kind !== 'command' && event.body.kind !== 'text',
    });
  } catch (error) {
    if (!isAppError(error)) throw error;
    const verb = verbs.byCommand(handler.operation.name);
    // Drawn now, while there is a context to read with; shown after the refused work was rolled back.
    const form =
      askAgain.has(error.code) && event.meta?.triggerId
        ? await formFor(ctx, handler, verb, input).catch(() => undefined)
        : undefined;
    chat.attempts.set(event, { ...(verb && { example: exampleOf(verb) }), ...(form && { form }) });
    throw error;
  }
}

async function present(
  { ctx, config }: Conversation,
  handler: Handler,
  input: Record<string, unknown>,
): Promise<Answer> {
  const output = await ctx.perform(handler.operation.name, input);
  const { timezone: zone, locale } = config.app.organisation;
  return (
    handler.present?.(output as never, { zone, locale, now: ctx.now() }) ?? {
      text: textOf(output) ?? `Done: ${handler.operation.summary}.`,
    }
  );
}

const textOf = (output: unknown): string | undefined => {
  const text = (output as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : undefined;
};

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

const allowed = (chat: Conversation): Verb[] => chat.verbs.all.filter((verb) => isAllowed(chat, verb));
const isAllowed = ({ bus, actor }: Conversation, { handler }: Verb): boolean =>
  bus.allows(actor, handler.operation.permission);
