import { z } from 'zod';
import { defineCommand } from '../../../core/define.ts';
import { byId, ok } from './shared.ts';

export const setConsent = defineCommand({
  name: 'conversation.setConsent',
  summary: 'Record an opt-out or opt-in (internal)',
  permission: 'system',
  input: byId.extend({ optedOut: z.boolean(), words: z.string().max(200) }),
  output: ok,
});
/** Conversations of a merged contact: who said stop on a channel is left alone on all of that channel. */
export const joinConsent = defineCommand({
  name: 'conversation.joinConsent',
  summary: 'Let the stricter consent win among a contact’s conversations (internal)',
  permission: 'system',
  input: z.object({ contactId: z.string(), mergeId: z.string() }),
  output: z.object({ stopped: z.number() }),
});
/** The merge is undone: who did not speak about it since has the consent of before. */
export const partConsent = defineCommand({
  name: 'conversation.partConsent',
  summary: 'Give conversations back the consent they had before a merge (internal)',
  permission: 'system',
  input: z.object({ mergeId: z.string() }),
  output: ok,
});
