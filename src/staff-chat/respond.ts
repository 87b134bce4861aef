import type { Content } from '../core/messaging.ts';
import type { Conversation } from './conversation.ts';
import { signal } from './home.ts';
import { line } from './line.ts';
import { press, submitted } from './press.ts';

/** One event of a linked colleague → answers. */
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
