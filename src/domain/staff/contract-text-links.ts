import { z } from 'zod';
import { defineCommand } from '../../core/define.ts';

/** A number that can only be written to: the code goes the other way than with a chat account. */
export const textLink = defineCommand({
  name: 'link.text',
  summary: 'Get a code on your mobile phone, by which notices come there as text messages',
  permission: 'signed-in',
  input: z.object({ phone: z.string().trim().min(5).max(40) }),
  output: z.object({ to: z.string(), expiresAt: z.string() }),
});
export const confirmTextLink = defineCommand({
  name: 'link.confirmText',
  summary: 'Enter the code that came by text message',
  permission: 'signed-in',
  secret: ['code'],
  input: z.object({ code: z.string().trim().max(20) }),
  output: z.object({ linked: z.boolean() }),
});
