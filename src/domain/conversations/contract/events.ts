import { z } from 'zod';
import { defineEvent } from '../../../core/define.ts';
import type { MediaRef } from '../../../core/messaging.ts';

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
export const conversationBegun = defineEvent(
  'conversation.begun',
  'Somebody wrote for the first time on a channel',
  z.object({ conversationId: z.string() }),
);
export const filesReceived = defineEvent(
  'message.files',
  'A customer sent files: the provider, or we, have them',
  z.object({
    conversationId: z.string(),
    messageId: z.string(),
    channel: z.string(),
    account: z.string(),
    thread: z.string(),
    media: z.array(z.custom<MediaRef>()),
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
