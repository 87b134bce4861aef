import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import type { Content, InboundBody } from '../../../core/messaging.ts';
import { text } from '../../../core/validate.ts';
import { decidedView } from '../assistance-contract.ts';
import { byId } from './shared.ts';

const content = z.custom<Content>((value) => typeof (value as Content | undefined)?.kind === 'string');
const contactCard = z.object({
  name: text(120),
  company: text(120).optional(),
  phones: z.array(text(40)).max(5).default([]),
  emails: z.array(z.email()).max(5).default([]),
});
const purpose = z.enum(['reply', 'utility', 'marketing', 'auth', 'staff']);
export const messageView = z.object({
  id: z.string(),
  seq: z.number(),
  direction: z.enum(['in', 'out']),
  author: z.object({
    kind: z.enum(['customer', 'bot', 'user']),
    id: z.string().optional(),
    name: z.string().optional(),
  }),
  text: z.string(),
  content: z.custom<Content | InboundBody>().optional(),
  at: z.string(),
  status: z.string(),
  error: z.string().optional(),
  /** Where a language model was asked what the message means: which engine decided, and why. */
  decided: decidedView.optional(),
});
export type MessageView = z.output<typeof messageView>;
export const listMessages = defineQuery({
  name: 'conversation.messages',
  summary: 'A conversation’s messages, oldest first',
  permission: { action: 'read', subject: 'Conversation' },
  path: '/conversations/:conversationId/messages',
  input: byId.extend({
    after: z.coerce.number().int().optional(),
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(messageView) }),
});
/** Says something in a conversation: kept in its transcript, queued for its channel in this transaction. */
export const sendMessage = defineCommand({
  name: 'message.send',
  summary: 'Send in a conversation (internal)',
  permission: 'system',
  input: z.object({
    conversationId: z.string(),
    content,
    purpose: purpose.default('reply'),
    author: z
      .object({ kind: z.enum(['bot', 'user']), id: z.string().optional(), name: z.string().optional() })
      .default({ kind: 'bot' }),
    dedupeKey: z.string().optional(),
  }),
  output: z.object({ messageId: z.string().optional() }),
});
export const replyAsStaff = defineCommand({
  name: 'conversation.reply',
  summary: 'Answer the customer yourself',
  permission: { action: 'update', subject: 'Conversation' },
  input: byId
    .extend({
      text: text(4000).optional(),
      /** Uploaded before (`POST /api/files`); the words go with the last one. */
      fileIds: z.array(z.string()).max(10).optional(),
      /** Where the organisation is, as a point on the map. */
      location: z.boolean().optional(),
      /** A contact card: the colleague's own, say. */
      contact: contactCard.optional(),
    })
    .refine(({ text, fileIds, location, contact }) => text || fileIds?.length || location || contact, {
      path: ['text'],
      message: 'is required, or a file',
    }),
  output: z.object({ messageId: z.string().optional() }),
});
/** Sends to an address with no transcript of ours: a colleague's chat, a notice by mail. `dedupeKey`: only ever once. */
export const deliverNotice = defineCommand({
  name: 'message.deliver',
  summary: 'Send to an address (internal)',
  permission: 'system',
  input: z.object({
    channel: z.string(),
    account: z.string(),
    to: z.string(),
    content,
    purpose,
    dedupeKey: z.string().optional(),
    meta: z.record(z.string(), z.unknown()).optional(),
  }),
  output: z.object({ outboxId: z.string().optional() }),
});
/** For those who have sent something: how it stands with it. */
export const outboxStates = defineQuery({
  name: 'message.states',
  summary: 'What became of sends (internal)',
  permission: 'system',
  input: z.object({
    ids: z.array(z.string()).max(1000).optional(),
    /** Instead: the newest that were not delivered. */
    troubled: z.number().int().max(1000).optional(),
  }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        status: z.enum(['queued', 'sending', 'ambiguous', 'sent', 'delivered', 'read', 'failed']),
        attempts: z.number(),
        nextAt: z.string(),
        error: z.string().optional(),
        errorKind: z.string().optional(),
        /** A dead letter: may be tried again. */
        trouble: z.boolean(),
      }),
    ),
  }),
});
