import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import type { MediaRef } from '../../core/messaging.ts';

const ok = z.object({ ok: z.literal(true) });
const media = z.custom<MediaRef>((value) => typeof (value as MediaRef | undefined)?.type === 'string');

export const fileStates = ['fetching', 'checking', 'ready', 'infected', 'failed', 'removed'] as const;
export const fileView = z.object({
  id: z.string(),
  messageId: z.string().optional(),
  /** Its place among the files of the message. */
  place: z.number(),
  direction: z.enum(['in', 'out']),
  type: z.enum(['image', 'document', 'audio', 'video']),
  mime: z.string(),
  filename: z.string(),
  bytes: z.number().optional(),
  state: z.enum(fileStates),
  /** How it stands with it, in words, unless it is ready. */
  problem: z.string().optional(),
  /** Where the asking person may open it, for a quarter of an hour. */
  url: z.string().optional(),
  /** A browser may show it in the page. */
  shown: z.boolean(),
  at: z.string(),
});
export type FileView = z.output<typeof fileView>;

export const listFiles = defineQuery({
  name: 'file.list',
  summary: 'Files of a conversation, newest first, with addresses that open for a quarter of an hour',
  permission: { action: 'read', subject: 'Conversation' },
  path: '/conversations/:conversationId/files',
  input: z.object({
    conversationId: z.string(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({ items: z.array(fileView) }),
});

export const retryFile = defineCommand({
  name: 'file.retry',
  summary: 'Fetch a file again that could not be fetched',
  permission: { action: 'update', subject: 'Conversation' },
  input: z.object({ conversationId: z.string(), fileId: z.string() }),
  output: ok,
});

/** Puts uploaded files into a message: only those of that owner which have passed, or are still being checked. */
export const bindFiles = defineCommand({
  name: 'file.bind',
  summary: 'Put uploaded files into a message (internal)',
  permission: 'system',
  input: z.object({
    conversationId: z.string(),
    messageId: z.string(),
    owner: z.string(),
    fileIds: z.array(z.string()).max(10),
  }),
  output: ok,
});

/** What may be sent of a person's uploads, as channels know it. */
export const uploadedFiles = defineQuery({
  name: 'file.uploaded',
  summary: 'A person’s uploads, to be sent (internal)',
  permission: 'system',
  input: z.object({ owner: z.string(), fileIds: z.array(z.string()).max(10) }),
  output: z.object({ media: z.array(media), waiting: z.boolean() }),
});

export const settleFile = defineCommand({
  name: 'file.settle',
  summary: 'Say how it stands with a file (internal)',
  permission: 'system',
  input: z.object({
    fileId: z.string(),
    state: z.enum(fileStates),
    problem: z.string().max(500).optional(),
    nextAt: z.iso.datetime().optional(),
    found: z
      .object({
        hash: z.string(),
        type: z.enum(['image', 'document', 'audio', 'video']),
        mime: z.string(),
        filename: z.string(),
        bytes: z.number(),
      })
      .optional(),
  }),
  output: ok,
});

export const fileChanged = defineEvent(
  'file.changed',
  'A file of a conversation came, passed its check, or could not be had',
  z.object({ fileId: z.string(), conversationId: z.string(), state: z.enum(fileStates) }),
);
