import { z } from 'zod';

const server = z.object({
  host: z.string().min(1),
  port: z.coerce.number().int().min(1).max(65535),
  secure: z
    .stringbool()
    .or(z.boolean())
    .describe('true: TLS from the first byte (993, 465); false: STARTTLS (143, 587).'),
  user: z.string(),
  password: z.string(),
  ca: z.string().optional().describe('PEM file of an own certificate authority.'),
});
export type ServerSettings = z.output<typeof server>;

export const emailSettings = z.object({
  address: z
    .string()
    .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'must be a mail address')
    .transform((address) => address.toLowerCase()),
  name: z.string().default('').describe('What stands beside the address in the From line.'),
  imap: server,
  smtp: server,
  mailbox: z.string().default('INBOX'),
  maxMegabytes: z
    .number()
    .positive()
    .default(20)
    .describe('A larger mail is kept as a note with its first lines.'),
  firstHours: z
    .number()
    .positive()
    .default(24)
    .describe('On the very first start, unread mail of so many hours is taken in.'),
  hourlyFromOne: z
    .number()
    .int()
    .positive()
    .default(60)
    .describe('More mail from one sender in an hour is a loop of machines: kept, not answered.'),
});
export type EmailSettings = z.output<typeof emailSettings>;

/** Nobody listens on the wire of one machine; everywhere else the password travels encrypted or not at all. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');
