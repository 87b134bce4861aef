/** The customer goes on here with a talk from another channel: "Continue ACDEFGHJ". */
import { say } from './say.ts';
import type { Run, Talk } from './talk.ts';

const continued = /^\s*continue[\s:]+([ac-hj-np-rt-y34679]{8})\s*$/i;

/** @returns true when it was such a code, good or not. */
export function* takeUp(talk: Talk, text: string): Run<boolean> {
  const code = continued.exec(text)?.[1];
  if (!code) return false;
  const { joined, vars, language } = (yield {
    command: 'identity.takeUp',
    input: { conversationId: talk.input.conversation.id, code },
  }) as { joined: boolean; vars?: Record<string, unknown>; language?: string };
  if (!joined) return false;
  // What was established there is not asked for again here; what was said here already stands.
  for (const [name, value] of Object.entries(vars ?? {})) talk.vars[name] ??= value;
  if (language) talk.memory.language ??= language;
  say(talk, 'smalltalk.back');
  talk.answered = true;
  return true;
}
