/**
 * Forms where a channel opens none (`meta.dialogue`): one question at a time, with what can be pressed. A time is read and
 * checked as it is said; the last answer submits the form.
 */
import type { Context } from '../core/context.ts';
import type { Choice, Content, Form, FormField, InboundEvent } from '../core/messaging.ts';
import { readableMoment } from '../core/zone.ts';
import type { Conversation } from './conversation.ts';
import { type Dialogue, endDialogue, keepDialogue, openDialogue } from './dialogue-state.ts';
import { submitted } from './press.ts';
import { squeeze } from './slots.ts';
import { readLeading } from './when.ts';

/** Answers as they are said here: a form becomes its first question. */
export async function asDialogue(
  ctx: Context,
  event: InboundEvent,
  contents: Content[],
  say: (at: Date) => string,
): Promise<Content[]> {
  if (!event.meta?.dialogue) return contents;
  return Promise.all(
    contents.map((content) => (content.kind === 'form' ? begin(ctx, event, content.form, say) : content)),
  );
}

async function begin(
  ctx: Context,
  event: InboundEvent,
  form: Form,
  say: (at: Date) => string,
): Promise<Content> {
  const values = { ...form.fixed };
  for (const { name, value } of form.fields) if (value !== undefined) values[name] = value;
  const unclear = form.fields.flatMap((field, index) =>
    field.value === undefined || (form.note && field.type === 'datetime') ? [index] : [],
  );
  // Nothing is missing, and yet it was refused: everything may be said anew.
  const open = unclear.length ? unclear : form.fields.map((_, index) => index);
  const dialogue = { token: ctx.id(), form, values, open };
  await keepDialogue(ctx, event, dialogue);
  return question(dialogue, say, form.note);
}

/** @returns undefined when what was said is no answer to a question of ours. */
export async function answered(chat: Conversation): Promise<Content[] | undefined> {
  const { ctx, event, config } = chat;
  const { body, meta } = event;
  if (!meta?.dialogue || (body.kind !== 'text' && body.kind !== 'command' && body.kind !== 'press'))
    return undefined;
  const pressed = body.kind === 'press' ? readPressed(body.value) : undefined;
  if (body.kind === 'press' && !pressed) {
    await endDialogue(event);
    return undefined;
  }
  if (pressed?.question) return [pressed.question];
  const dialogue = await openDialogue(ctx, event);
  if (pressed && pressed.token !== dialogue?.token)
    return [
      {
        kind: 'text',
        text: pressed.act === 'cancel' ? 'Left as it was.' : 'This question is over.',
        update: true,
      },
    ];
  if (!dialogue) return undefined;
  const typed = body.kind === 'press' ? '' : body.text.trim();
  if (pressed?.act === 'cancel' || /^\/?cancel$/i.test(typed)) {
    await endDialogue(event);
    return [{ kind: 'text', text: 'Left as it was.', ...(pressed && { update: true }) }];
  }
  // A command is no answer.
  if (body.kind === 'command' || (!pressed && isCommand(chat, typed))) {
    await endDialogue(event);
    return undefined;
  }
  const { timezone: zone, locale } = config.app.organisation;
  const say = (at: Date) => readableMoment(at, zone, locale);
  const field = dialogue.form.fields[dialogue.open[0]!]!;
  const read: Read = pressed ? readButton(pressed, field) : readTyped(chat, field, typed, say);
  if ('problem' in read) {
    const isOther =
      field.type !== 'text' && field.type !== 'longtext' && chat.verbs.get(typed.split(/\s/, 1)[0]!);
    if (!isOther) return [question(dialogue, say, read.problem, read.options)];
    await endDialogue(event);
    return undefined;
  }
  const values = { ...dialogue.values };
  if (read.value !== undefined) values[field.name] = read.value;
  const open = pressed?.act === 'save' ? [] : dialogue.open.slice(1);
  if (open.length) {
    await keepDialogue(ctx, event, { token: dialogue.token, form: dialogue.form, values, open });
    return [question({ ...dialogue, values, open }, say)];
  }
  await endDialogue(event);
  return submitted(chat, dialogue.form.command, values);
}

/** `note #12 …` and `#12` are surely none of our answers; a verb alone may be one, unless no words are asked for. */
function isCommand({ verbs }: Conversation, typed: string, field?: FormField): boolean {
  const [word = '', next = ''] = typed.split(/\s+/, 2);
  if (/^#\d+$/.test(typed)) return true;
  const isVerb = Boolean(verbs.get(word)) || /^help$/i.test(word);
  return isVerb && (/^#\d+$/.test(next) || (field !== undefined && !/text/.test(field.type)));
}

type Asked = Pick<Dialogue, 'token' | 'form' | 'values' | 'open'>;

function question(
  { token, form, values, open }: Asked,
  say: (at: Date) => string,
  note?: string,
  at: Date[] = [],
): Content {
  const { label, hint, type, options = [], name, optional } = form.fields[open[0]!]!;
  const help = [hint, type === 'datetime' && 'say it like: tomorrow 5pm, Friday 11:30, in 2 hours']
    .filter(Boolean)
    .join('; ');
  const value = (more: object) => JSON.stringify({ dialogue: token, ...more });
  const known = values[name];
  const choices: Choice[] = [
    ...options.slice(0, 40).map((one) => ({ label: one.label, value: value({ answer: one.value }) })),
    ...at.map((one) => ({ label: say(one), value: value({ answer: one.toISOString() }) })),
    ...(typeof known === 'string' && !options.length && !at.length
      ? [
          {
            label: type === 'datetime' ? say(new Date(known)) : `Keep: ${known}`,
            value: value({ answer: known }),
          },
        ]
      : []),
    ...(optional ? [{ label: open.length > 1 ? 'Skip' : 'Without', value: value({ act: 'skip' }) }] : []),
    ...(optional && open.length > 1 ? [{ label: 'Save now', value: value({ act: 'save' }) }] : []),
    { label: 'Cancel', value: value({ act: 'cancel' }) },
  ];
  const text = `${form.title}\n${label}?${help ? ` (${help})` : ''}`;
  return { kind: 'text', text: note ? `${note}\n${text}` : text, choices };
}

type Pressed = { token: string; answer?: string; act?: 'skip' | 'save' | 'cancel'; question?: Content };

/** A button of a question, or one that wants to be asked back first. */
function readPressed(value: string): Pressed | undefined {
  try {
    const { dialogue, answer, act, confirm, label, after } = JSON.parse(value) as Record<string, any>;
    if (typeof confirm === 'string' && typeof after === 'string') {
      const choices = [
        { label: String(label), value: after },
        { label: 'Cancel', value: JSON.stringify({ dialogue: '', act: 'cancel' }) },
      ];
      return { token: '', question: { kind: 'text', text: confirm, choices } };
    }
    if (typeof dialogue !== 'string') return undefined;
    return { token: dialogue, ...(typeof answer === 'string' && { answer }), ...(act && { act }) };
  } catch {
    return undefined;
  }
}

type Read = { value?: unknown } | { problem: string; options?: Date[] };

function readButton({ answer, act }: Pressed, { optional, label }: FormField): Read {
  if (act === 'skip' || act === 'save') return optional ? {} : { problem: `${label} is needed.` };
  return { value: answer };
}

function readTyped(
  { ctx, config, readWhen }: Conversation,
  field: FormField,
  typed: string,
  say: (at: Date) => string,
): Read {
  if (field.type === 'select') {
    const wanted = squeeze(typed);
    const near = (field.options ?? []).filter(({ label }) => squeeze(label).startsWith(wanted));
    const exact =
      near.find(({ label }) => squeeze(label) === wanted) ?? (near.length === 1 ? near[0] : undefined);
    return wanted && exact ? { value: exact.value } : { problem: `“${typed}” is none of these.` };
  }
  if (field.type !== 'datetime') return typed ? { value: typed } : { problem: `${field.label} is needed.` };
  const { timezone: zone, businessHours } = config.app.organisation;
  const when = readLeading(typed, {
    now: ctx.now(),
    zone,
    readWhen,
    opening: businessHours.mon?.[0] ?? '10:00',
  });
  if (when.kind === 'moment') return { value: when.at.toISOString() };
  if (when.kind === 'past') return { problem: `${say(when.at)} is over.` };
  if (when.kind === 'none') return { problem: `“${typed}” is no time that I understand.` };
  return {
    problem: `At what time${when.options.length ? '' : `, “${when.text}”`}?`,
    options: when.options.length ? when.options : when.guess ? [when.guess] : [],
  };
}
