/** Buttons and submitted modals: run, and bring what they were pressed on up to date. */

import { isAppError } from '../core/errors.ts';
import type { Again, Content } from '../core/messaging.ts';
import { getLead } from '../domain/leads/contract.ts';
import type { Conversation } from './conversation.ts';
import { formFor } from './forms.ts';
import { home } from './home.ts';
import { line } from './line.ts';
import { lookups } from './lookup.ts';
import { perform, present } from './perform.ts';
import { readValue } from './press-value.ts';
import { exampleOf } from './verbs.ts';

export async function press(chat: Conversation, value: string): Promise<Content[]> {
  const pressed = readValue(value);
  if (!pressed)
    return [{ kind: 'text', text: 'This button is not known any more. Say “today” for your list.' }];
  if (pressed.say !== undefined) return line(chat, pressed.say);
  const handler = chat.catalogue.handler(pressed.command);
  if (!pressed.form) return refreshed(chat, pressed.input, await perform(chat, handler, pressed.input));
  const form = await formFor(chat.ctx, handler, chat.verbs.byCommand(pressed.command), pressed.input);
  if (!form) return refreshed(chat, pressed.input, await perform(chat, handler, pressed.input));
  return [{ kind: 'form', form }];
}

export async function submitted(
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
  return refreshed(chat, input, await perform(chat, handler, input));
}

/**
 * Where it was pressed shows the state after it: Home is published anew, a list asks its query again, a card of a lead
 * is drawn again. The answer itself then stands beside it, unless it replaces the card already.
 */
async function refreshed(
  chat: Conversation,
  input: Record<string, unknown>,
  answers: Content[],
): Promise<Content[]> {
  const { meta } = chat.event;
  if (meta?.surface === 'home') return [...answers.map(beside), await home(chat)];
  const again = meta?.again as Again | undefined;
  if (again) {
    const { text = '', cards = [] } = await present(chat, chat.catalogue.handler(again.command), again.input);
    const list: Content = { kind: 'cards', text, cards, ephemeral: true, update: true, again };
    return [list, ...answers.map(beside)];
  }
  const [answer] = answers;
  if (answers.length !== 1 || answer?.kind !== 'text' || typeof input.leadId !== 'string') return answers;
  return [await withLead(chat, answer.text, input.leadId)];
}

/** The lead as it is now, below what was done; a lead that was handed away is no longer shown. */
async function withLead(chat: Conversation, text: string, leadId: string): Promise<Content> {
  try {
    const { cards = [] } = await present(chat, chat.catalogue.handler(getLead.name), { leadId });
    return { kind: 'cards', text, cards, ephemeral: true, update: true };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { kind: 'text', text, update: true };
  }
}

const beside = (content: Content): Content => ('update' in content ? { ...content, update: false } : content);
