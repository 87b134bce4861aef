import { z } from 'zod';
import { defineCommand } from '../../../core/define.ts';
import { ok } from './shared.ts';

/** Something happened that the conversation's flow may wait for: goes the way of every message, and is answered in its turn. */
export const signalConversation = defineCommand({
  name: 'conversation.signal',
  summary: 'Wake a conversation (internal)',
  permission: 'system',
  input: z.object({
    conversationId: z.string(),
    name: z.enum(['wake', 'event', 'handedBack', 'flow', 'understood']),
    data: z.record(z.string(), z.unknown()).default({}),
    /** The same signal again is dropped. */
    once: z.string().optional(),
  }),
  output: ok,
});
/** For flows that wait for an event: told to the contact's conversations that do. */
export const tellConversations = defineCommand({
  name: 'conversation.tell',
  summary: 'Tell a contact’s waiting conversations of an event (internal)',
  permission: 'system',
  input: z.object({
    contactId: z.string(),
    event: z.string(),
    id: z.string(),
    payload: z.record(z.string(), z.unknown()).default({}),
  }),
  output: z.object({ told: z.number() }),
});
