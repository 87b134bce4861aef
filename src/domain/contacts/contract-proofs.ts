import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { identity } from './contract-view.ts';

/** Where somebody writes who wants to be known: a visitor's chat. */
const place = { channel: z.string(), account: z.string(), thread: z.string() };

export const sendCode = defineCommand({
  name: 'identity.sendCode',
  summary: 'Send a one-time code to a number or mail address that somebody says is theirs (internal)',
  permission: 'system',
  input: z.object({
    ...place,
    phone: z.string().max(40).optional(),
    email: z.string().max(320).optional(),
    language: z.string().optional(),
  }),
  output: z.discriminatedUnion('sent', [
    /** `to` with most of it hidden. */
    z.object({ sent: z.literal(true), to: z.string(), by: z.string() }),
    z.object({ sent: z.literal(false), problem: z.enum(['unreadable', 'no-way', 'too-often']) }),
  ]),
  secret: ['phone', 'email'],
});

/** Answers rather than refuses: a wrong guess must be counted, and a refusal would undo the count. */
export const confirmCode = defineCommand({
  name: 'identity.confirmCode',
  summary:
    'Check a one-time code; the right one joins the chat with whoever the address belongs to (internal)',
  permission: 'system',
  input: z.object({ ...place, code: z.string().max(20) }),
  output: z.discriminatedUnion('proved', [
    z.object({ proved: z.literal(true), identity }),
    z.object({ proved: z.literal(false), triesLeft: z.number() }),
  ]),
  secret: ['code'],
});

export const passOn = defineCommand({
  name: 'identity.passOn',
  summary: 'A code with which a customer goes on on another channel (internal)',
  permission: 'system',
  input: z.object({ ...place }),
  output: z.object({ code: z.string().optional() }),
  secret: ['code'],
});

export const takeUp = defineCommand({
  name: 'identity.takeUp',
  summary:
    'The customer’s code on another channel: one person, and what the first talk established (internal)',
  permission: 'system',
  input: z.object({ conversationId: z.string(), code: z.string().max(20) }),
  output: z.object({
    joined: z.boolean(),
    /** What the first talk's flow remembers. */
    vars: z.record(z.string(), z.unknown()).optional(),
    language: z.string().optional(),
  }),
  secret: ['code'],
});

/** Whoever an identity that a channel proved belongs to; empty where it is nobody's, or several people's. */
export const knownByProof = defineQuery({
  name: 'contact.knownByProof',
  summary: 'Whom we know by what a channel has proved (internal)',
  permission: 'system',
  input: z.object({ identities: z.array(identity) }),
  output: z.object({
    contactId: z.string().optional(),
    name: z.string().optional(),
    assigneeId: z.string().optional(),
    teamIds: z.array(z.string()).default([]),
  }),
});

export const identityProved = defineEvent(
  'identity.proved',
  'Somebody proved by a code that a number, an address or another talk is theirs',
  z.object({ contactId: z.string(), conversationId: z.string(), by: z.enum(['code', 'customer']) }),
);
