/** A modal for what a line left out, drawn from the command's slots; a command's own form, where it has one, wins. */
import type { ChatSlot } from '../core/chat-grammar.ts';
import type { Context } from '../core/context.ts';
import type { Handler } from '../core/define.ts';
import type { Form, FormField } from '../core/messaging.ts';
import { listAssignees } from '../domain/staff/contract.ts';
import { squeeze } from './slots.ts';
import type { Verb } from './verbs.ts';

/** @param prefill what was understood, by input field. @returns undefined when there is nothing to draw a form from. */
export async function formFor(
  ctx: Context,
  handler: Handler,
  verb: Verb | undefined,
  prefill: Record<string, unknown>,
  note?: string,
): Promise<Form | undefined> {
  // A command's own form is about its record: without that there is nothing to ask about.
  const hasRecord = Object.entries(prefill).some(
    ([name, value]) => name.endsWith('Id') && value !== undefined,
  );
  const own = handler.form && hasRecord ? ctx.shown(await handler.form(ctx, prefill)) : undefined;
  const form = own ? prefilled(own, prefill) : verb && (await drawn(ctx, verb, prefill));
  return form && (note ? { ...form, note } : form);
}

/** What the command's form did not take over itself. */
function prefilled(form: Form, values: Record<string, unknown>): Form {
  return {
    ...form,
    fields: form.fields.map((field) =>
      field.value === undefined && typeof values[field.name] === 'string'
        ? { ...field, value: values[field.name] as string }
        : field,
    ),
  };
}

async function drawn(
  ctx: Context,
  { verb, usage, handler }: Verb,
  prefill: Record<string, unknown>,
): Promise<Form> {
  const fields: FormField[] = [];
  const asked = new Set<string>();
  for (const slot of usage.slots) {
    if (slot.type === 'lead' && prefill[slot.name] !== undefined) continue;
    asked.add(slot.name);
    fields.push(await field(ctx, slot, prefill[slot.name], handler));
  }
  const fixed = Object.fromEntries(Object.entries(prefill).filter(([name]) => !asked.has(name)));
  return {
    title: `${verb[0]!.toUpperCase()}${verb.slice(1)}`,
    command: handler.operation.name,
    fixed: { ...usage.fixed, ...fixed },
    fields,
  };
}

async function field(ctx: Context, slot: ChatSlot, value: unknown, handler: Handler): Promise<FormField> {
  const base = {
    name: slot.name,
    label: labels[slot.type] ?? titled(slot.name),
    ...(slot.optional && !isNeeded(handler, slot.name) && { optional: true }),
    ...(typeof value === 'string' && { value }),
  };
  switch (slot.type) {
    case 'lead':
      return { ...base, type: 'text', hint: 'Its number, e.g. #12' };
    case 'user':
      return {
        ...base,
        type: 'select',
        options: (await ctx.ask(listAssignees, {})).items.map(({ id, name }) => ({ label: name, value: id })),
      };
    case 'choice':
      return { ...base, type: 'select', label: titled(slot.name), options: optionsOf(slot.options) };
    case 'when':
      return { ...base, type: 'datetime' };
    case 'text':
      return { ...base, type: 'longtext', label: titled(slot.name) };
    default:
      return { ...base, type: 'text', label: titled(slot.name) };
  }
}

/** Optional in the line, yet the command cannot do without: a demo needs its time. */
function isNeeded({ operation }: Handler, name: string): boolean {
  const shape = (
    operation.input as { shape?: Record<string, { safeParse(value: unknown): { success: boolean } }> }
  ).shape;
  return shape?.[name] ? !shape[name].safeParse(undefined).success : false;
}

/** One option a value: "call back" rather than "callback", as it is written in the office. */
function optionsOf(options: Record<string, string>): { label: string; value: string }[] {
  const byValue = Map.groupBy(Object.keys(options), (key) => options[key]!);
  return [...byValue].map(([value, keys]) => {
    const written = keys.filter((key) => squeeze(key) === squeeze(value));
    return {
      value,
      label: (
        written.find((key) => /\s/.test(key)) ??
        keys.find((key) => /\s/.test(key)) ??
        keys[0]!
      ).toUpperCase(),
    };
  });
}

const labels: Partial<Record<ChatSlot['type'], string>> = { lead: 'Lead', user: 'Colleague', when: 'When' };
/** `assigneeId` → Assignee */
export const titled = (name: string): string =>
  name
    .replace(/Id$/, '')
    .replace(/([A-Z])/g, ' $1')
    .replace(/^./, (first) => first.toUpperCase());
