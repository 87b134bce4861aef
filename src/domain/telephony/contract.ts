import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import type { CallReport } from '../../core/messaging.ts';
import { text } from '../../core/validate.ts';

/** What a provider tells of a call: joined with what it told before, and logged once the call is over. */
export const takeReport = defineCommand({
  name: 'phone.report',
  summary: 'Take a report of the telephone (internal)',
  permission: 'system',
  input: z.object({
    account: z.string(),
    call: z.custom<CallReport>((value) => typeof (value as CallReport | undefined)?.callId === 'string'),
    source: z.string(),
    medium: z.string(),
    campaign: z.string().optional(),
  }),
  output: z.object({ leadId: z.string().optional(), callId: z.string().optional() }),
});
/** What a timer runs: an end that was never told must not hide a call that nobody took. */
export const closeCall = defineCommand({
  name: 'phone.close',
  summary: 'End a call of which nothing was heard for long (internal)',
  permission: 'system',
  input: z.object({ phoneId: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});

const line = text(80).transform((said) => said.replace(/\s+/g, ''));
/** Calls over a line are logged as those of its colleague. */
export const giveLine = defineCommand({
  name: 'line.give',
  summary: 'Say whose telephone line this is: a number, an extension, client:name',
  permission: { action: 'update', subject: 'User' },
  input: z.object({ line, userId: z.string() }),
  output: z.object({ line: z.string() }),
});
export const removeLine = defineCommand({
  name: 'line.remove',
  summary: 'Take a telephone line from a colleague',
  permission: { action: 'update', subject: 'User' },
  input: z.object({ line }),
  output: z.object({ ok: z.literal(true) }),
});
export const listLines = defineQuery({
  name: 'line.list',
  summary: 'Telephone lines and whose they are',
  permission: { action: 'read', subject: 'User' },
  path: '/lines',
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ line: z.string(), userId: z.string(), name: z.string() })) }),
});

/** An address at which the recording can be heard for five minutes, by whoever asked alone. */
export const listenTo = defineCommand({
  name: 'recording.listen',
  summary: 'Listen to the recording of a call',
  permission: { action: 'read', subject: 'Recording' },
  secret: ['url'],
  input: z.object({ callId: z.string() }),
  output: z.object({ url: z.string(), expiresAt: z.string(), seconds: z.number().optional() }),
});
/** What that address runs each time, with the rights of that moment. */
export const playRecording = defineCommand({
  name: 'recording.play',
  summary: 'Note that a recording is listened to',
  permission: { action: 'read', subject: 'Recording' },
  input: z.object({ callId: z.string() }),
  output: z.object({ recordingId: z.string() }),
});
export const retryRecording = defineCommand({
  name: 'recording.retry',
  summary: 'Fetch a call’s recording again that could not be fetched',
  permission: { action: 'read', subject: 'Recording' },
  input: z.object({ callId: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
export const keepFetched = defineCommand({
  name: 'recording.keep',
  summary: 'Note how fetching a recording ended (internal)',
  permission: 'system',
  input: z.object({
    recordingId: z.string(),
    state: z.enum(['waiting', 'stored', 'failed']),
    file: z.string().optional(),
    mime: z.string().optional(),
    error: z.string().max(500).optional(),
    nextAt: z.iso.datetime().optional(),
  }),
  output: z.object({ ok: z.literal(true) }),
});

export * from './contract-withheld.ts';
