import { z } from 'zod';
import { defineEvent } from '../../../core/define.ts';

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
