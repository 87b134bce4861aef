import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import type { Content, InboundBody } from '../../core/messaging.ts';
import { text } from '../../core/validate.ts';
import { decidedView, writtenView } from './assistance-contract.ts';

const content = z.custom<Content>((value) => typeof (value as Content | undefined)?.kind === 'string');
const purpose = z.enum(['reply', 'utility', 'marketing', 'auth', 'staff']);
const identity = z.object({ scheme: z.string(), value: z.string(), scope: z.string().optional() });
const ok = z.object({ ok: z.literal(true) });
const byId = z.object({ conversationId: z.string() });

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
  preview: z.string(),
  unread: z.number(),
  lastMessageAt: z.string(),
  waitingForStaff: z.boolean(),
});
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

// — sending —
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

// — working an inbox —
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
export const replyAsStaff = defineCommand({
  name: 'conversation.reply',
  summary: 'Answer the customer yourself',
  permission: { action: 'update', subject: 'Conversation' },
  input: byId.extend({ text: text(4000) }),
  output: z.object({ messageId: z.string().optional() }),
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

const walk = z.object({
  conversationId: z.string(),
  contactId: z.string().optional(),
  leadId: z.string().optional(),
  mode: z.enum(['bot', 'human']),
  /** Flow → step → times entered, gone on, asked again, handed over; seconds waited, and how often. */
  steps: z.record(
    z.string(),
    z.record(z.string(), z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()])),
  ),
  /** `<flow>.<step>` of an A/B step → the way taken. */
  variants: z.record(z.string(), z.string()),
  at: z.object({ flow: z.string(), step: z.string(), since: z.string() }).optional(),
  released: z.boolean(),
  resting: z.boolean(),
  heardAt: z.string().optional(),
  booked: z.boolean(),
  /** In full units of the currency. */
  budget: z.number().optional(),
});
export type WalkView = z.output<typeof walk>;
/** What the sessions remember of the way through the flows: for the funnel. */
export const conversationWalks = defineQuery({
  name: 'conversation.walks',
  summary: 'The ways that conversations took through the flows (internal)',
  permission: 'system',
  input: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    cursor: z.string().optional(),
    limit: z.number().int().min(1).max(1000),
  }),
  output: z.object({ items: z.array(walk), nextCursor: z.string().optional() }),
});

// — nothing is missed —
export const listDeadLetters = defineQuery({
  name: 'deadletter.list',
  summary: 'Messages that could not be handled or delivered',
  permission: { action: 'read', subject: 'DeadLetter' },
  path: '/dead-letters',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['inbound', 'outbound']),
        channel: z.string(),
        thread: z.string(),
        error: z.string(),
        attempts: z.number(),
        at: z.string(),
        text: z.string(),
      }),
    ),
    total: z.number(),
  }),
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
export const replayDeadLetter = defineCommand({
  name: 'deadletter.replay',
  summary: 'Try a dead letter again',
  permission: { action: 'update', subject: 'DeadLetter' },
  input: z.object({ id: z.string(), kind: z.enum(['inbound', 'outbound']) }),
  output: ok,
});
export const ledger = defineQuery({
  name: 'ledger.day',
  summary: 'Missed-nothing ledger: every inbound message of a day ends in a record or a dead letter',
  permission: { action: 'read', subject: 'DeadLetter' },
  path: '/ledger',
  input: z.object({ day: z.iso.date().optional() }),
  output: z.object({
    day: z.string(),
    inbound: z.number(),
    recorded: z.number(),
    dead: z.number(),
    waiting: z.number(),
    /** Inbound that is in none of the three: handled, as it seems, but no line of any transcript. */
    difference: z.number(),
    /** Those, the first fifty. */
    missing: z.array(z.object({ id: z.string(), channel: z.string(), thread: z.string(), at: z.string() })),
    /** When the day's count was taken for good, after it had ended. */
    provedAt: z.string().optional(),
  }),
});
export const ledgerDays = defineQuery({
  name: 'ledger.days',
  summary: 'The daily proofs that nothing was missed, the newest first',
  permission: { action: 'read', subject: 'DeadLetter' },
  path: '/ledger/days',
  input: z.object({ limit: z.coerce.number().int().min(1).max(366).default(30) }),
  output: z.object({
    items: z.array(
      z.object({
        day: z.string(),
        inbound: z.number(),
        recorded: z.number(),
        dead: z.number(),
        waiting: z.number(),
        difference: z.number(),
        provedAt: z.string(),
      }),
    ),
  }),
});

export const messageReceived = defineEvent(
  'message.received',
  'A customer wrote',
  z.object({
    conversationId: z.string(),
    messageId: z.string(),
    contactId: z.string().optional(),
    text: z.string(),
  }),
);
export const messageSent = defineEvent(
  'message.sent',
  'We answered',
  z.object({ conversationId: z.string(), messageId: z.string() }),
);
export const conversationChanged = defineEvent(
  'conversation.changed',
  'Mode, assignee, contact or delivery state changed',
  z.object({ conversationId: z.string() }),
);
export const conversationHandedOver = defineEvent(
  'conversation.handedOver',
  'The bot asks for a person',
  z.object({
    conversationId: z.string(),
    contactId: z.string().optional(),
    reason: z.string(),
    summary: z.string().optional(),
  }),
);
