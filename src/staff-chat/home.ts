/** Home, and what else happens without words. */
import type { Content, Form } from '../core/messaging.ts';
import { allowed, type Conversation, isAllowed } from './conversation.ts';
import { formFor } from './forms.ts';
import { present } from './perform.ts';
import { shared } from './shared.ts';
import { helpText } from './verbs.ts';

export async function signal(
  chat: Conversation,
  name: string,
  data: Record<string, unknown>,
): Promise<Content[]> {
  if (name === 'home.opened') return [await home(chat)];
  if (name === 'links.shared') return shared(chat, [data.urls].flat());
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
export async function home(chat: Conversation): Promise<Content> {
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
