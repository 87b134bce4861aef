import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { writtenView } from '../assistance-contract.ts';
import { byId, ok } from './shared.ts';

const identity = z.object({ scheme: z.string(), value: z.string(), scope: z.string().optional() });
/** Nobody reads there: what is said on a call is over with the call. */
export const isSpoken = (channel: string): boolean => channel === 'telephony';

export const conversationView = z.object({
  id: z.string(),
  channel: z.string(),
  account: z.string(),
  thread: z.string(),
  name: z.string().optional(),
  contactId: z.string().optional(),
  identities: z.array(identity),
  mode: z.enum(['bot', 'human']),
  assigneeId: z.string().optional(),
  language: z.string().optional(),
  optedOut: z.boolean(),
  summary: z.string().optional(),
  /** A summary for whoever calls, and a reply to mend and send; in `conversation.get` only. */
  brief: writtenView.optional(),
  draft: writtenView.optional(),
  /** What the language layer may be asked for here; absent where it is off. */
  assistance: z.object({ summaries: z.boolean(), drafts: z.boolean() }).optional(),
  /** Where they came from, and where they are on our site; in `conversation.get` only. */
  origin: z
    .object({
      page: z.string().optional(),
      title: z.string().optional(),
      referrer: z.string().optional(),
      campaign: z.string().optional(),
      onPage: z.string().optional(),
      onTitle: z.string().optional(),
    })
    .optional(),
  preview: z.string(),
  unread: z.number(),
  lastMessageAt: z.string(),
  waitingForStaff: z.boolean(),
});
export const listConversations = defineQuery({
  name: 'conversation.list',
  summary: 'Conversations, newest first',
  permission: { action: 'read', subject: 'Conversation' },
  path: '/conversations',
  input: z.object({
    mode: z.enum(['bot', 'human']).optional(),
    mine: z.stringbool().or(z.boolean()).optional(),
    waiting: z.stringbool().or(z.boolean()).optional(),
    channel: z.string().optional(),
    contactId: z.string().optional(),
    /** Of one colleague: what those may see whom they answer to. */
    assigneeId: z.string().optional(),
    search: z.string().optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({
    items: z.array(conversationView),
    nextCursor: z.string().optional(),
    total: z.number(),
  }),
});
export const getConversation = defineQuery({
  name: 'conversation.get',
  summary: 'One conversation',
  permission: { action: 'read', subject: 'Conversation' },
  path: '/conversations/:conversationId',
  input: byId,
  output: conversationView,
});
export const takeOver = defineCommand({
  name: 'conversation.takeOver',
  summary: 'Take a conversation over from the bot',
  permission: { action: 'update', subject: 'Conversation' },
  input: byId,
  output: ok,
});
export const handBack = defineCommand({
  name: 'conversation.handBack',
  summary: 'Hand a conversation back to the bot',
  permission: { action: 'update', subject: 'Conversation' },
  input: byId,
  output: ok,
});
export const markRead = defineCommand({
  name: 'conversation.markRead',
  summary: 'Mark as read',
  permission: { action: 'update', subject: 'Conversation' },
  input: byId,
  output: ok,
});
/** Whoever gets the lead gets its conversations: keeps the rights of both the same. */
export const assignConversations = defineCommand({
  name: 'conversation.assign',
  summary: 'Give a contact’s conversations to a user (internal)',
  permission: 'system',
  input: z.object({
    contactId: z.string(),
    assigneeId: z.string().optional(),
    teamIds: z.array(z.string()).default([]),
  }),
  output: ok,
});
/** Links the conversation with the contact that its customer turned out to be. */
export const linkContact = defineCommand({
  name: 'conversation.linkContact',
  summary: 'Link a conversation to a contact (internal)',
  permission: 'system',
  input: byId.extend({ contactId: z.string(), name: z.string().optional() }),
  output: ok,
});
/** The newest conversation through which a contact can be reached. */
export const reachContact = defineQuery({
  name: 'conversation.reach',
  summary: 'How to reach a contact (internal)',
  permission: 'system',
  input: z.object({ contactId: z.string(), channel: z.string().optional() }),
  output: z.object({ conversation: conversationView.optional() }),
});
