import type { Conversation } from '../api/operations.ts';
import { grouped } from './phone.ts';

/** What they are called; until they say it, the best their channel tells of them. */
export function talkName(talk: Conversation): string {
  if (talk.name) return talk.name;
  const said = talk.identities.find(({ scheme }) => scheme === 'phone' || scheme === 'email');
  if (said) return grouped(said.value);
  return talk.channel === 'webchat' ? 'Website visitor' : talk.thread;
}
