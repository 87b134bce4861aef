/** What a widget may send, as schemas; and the event it becomes. */
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import type { InboundBody, InboundEvent, MediaRef } from '../../core/messaging.ts';
import { parseInput } from '../../core/validate.ts';
import type { Visitor } from './token.ts';

/** Characters (code points) of a message that are kept; more is refused. */
export const maxCharacters = 20_000;
/** A body of 20,000 emoji, every one escaped, still fits. */
export const maxBodyBytes = 256 * 1024;

const label = z.string().min(1).max(500);
const url = z.string().max(4_000).optional();
export const sessionSchema = z
  .object({
    account: z.string().max(64).optional(),
    token: z
      .string()
      .max(8_000)
      .optional()
      .describe('The token of an earlier visit, to go on with its conversation.'),
    page: url,
    title: z.string().max(1_000).optional(),
    referrer: url,
    utm: z.record(z.string(), z.string()).optional(),
  })
  .default({});

const words = z
  .string('must be a text')
  .transform((value) => value.toWellFormed())
  .refine((value) => value.trim() !== '', 'must not be empty');
export const messageSchema = z
  .object({
    clientMessageId: z.string('must be a text of 1 to 100 characters').min(1).max(100),
    text: words.optional(),
    press: z.object({ value: label, label }).optional(),
    files: z.array(z.string().min(1).max(64)).min(1).max(5).optional(),
    /** Where the visitor is as they write: the chat goes along from page to page. */
    page: url,
    title: z.string().max(1_000).optional(),
  })
  .refine(({ text, press, files }) => text !== undefined || press !== undefined || files !== undefined, {
    path: ['text'],
    message: 'is required',
  });

/** The message as the event that goes on; the same `clientMessageId` of the same visitor makes the same event id. */
export async function readMessage(
  input: unknown,
  visitor: Visitor,
  at: Date,
  filesOf: (ids: string[]) => Promise<MediaRef[]>,
): Promise<InboundEvent> {
  const { clientMessageId, text, press, files, page, title } = parseInput(messageSchema, input);
  const body: InboundBody = press
    ? { kind: 'press', ...press }
    : files
      ? { kind: 'media', media: await filesOf(files), ...(text && { text }) }
      : { kind: 'text', text: text! };
  // The cheap test first: only a text that could be too long is counted by code points.
  if (text && text.length > maxCharacters && [...text].length > maxCharacters) {
    throw new AppError('input.too_large', { limit: `${maxCharacters.toLocaleString('en')} characters` });
  }
  return {
    id: eventId(visitor, clientMessageId),
    channel: 'webchat',
    account: visitor.account,
    audience: 'customer',
    thread: visitor.id,
    from: [{ scheme: 'visitor', value: visitor.id }, ...(visitor.proved ?? [])],
    at,
    body,
    meta: {
      ...visitor.origin,
      clientMessageId,
      ...(page && { onPage: page.slice(0, 500) }),
      ...(title?.trim() && { onTitle: title.trim().slice(0, 200) }),
    },
  };
}

export const eventId = (visitor: Visitor, clientMessageId: string): string =>
  `${visitor.id}.${clientMessageId}`;
