import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { ok } from './shared.ts';

const identity = z.object({ scheme: z.string(), value: z.string(), scope: z.string().optional() });
/** By its id, or by where it is held. */
const which = {
  conversationId: z.string().optional(),
  channel: z.string().optional(),
  account: z.string().optional(),
  thread: z.string().optional(),
};

/** What was proved counts as if the channel had said it: the talk goes to whoever the address belongs to. */
export const proveIdentity = defineCommand({
  name: 'conversation.prove',
  summary: 'A conversation’s customer proved who they are (internal)',
  permission: 'system',
  input: z.object({
    ...which,
    identities: z.array(identity).max(20),
    contactId: z.string().optional(),
    by: z.enum(['code', 'customer']),
  }),
  output: ok,
});

/** What another channel needs to go on with a talk; empty where there is none yet. */
export const contextOf = defineQuery({
  name: 'conversation.context',
  summary: 'Who a conversation is with and what its flow remembers (internal)',
  permission: 'system',
  input: z.object(which),
  output: z.object({
    conversationId: z.string().optional(),
    contactId: z.string().optional(),
    identities: z.array(identity).default([]),
    vars: z.record(z.string(), z.unknown()).optional(),
    language: z.string().optional(),
  }),
});
