/**
 * Everything the product is made of is declared with one of these functions and listed once.
 *
 * To add a command: declare it in `domain/<module>/contract.ts` with `defineCommand`, write its handler in
 * `commands/<name>.ts` with `handles`, list the handler in the module's `index.ts`. HTTP, OpenAPI, chat grammar, help,
 * the console's types and the references follow from the declaration.
 */
import type { z } from 'zod';
import type { ChatUsage } from './chat-grammar.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import type { Dataset } from './dataset.ts';
import type { DomainEvent } from './events.ts';
import type { Guide, GuidePlace } from './guide.ts';
import type { Logger } from './logger.ts';
import type { Pointer } from './merging.ts';
import type {
  Card,
  ChannelCapabilities,
  Form,
  InboundEvent,
  MediaRef,
  Outbound,
  Receipt,
  SendResult,
} from './messaging.ts';
import type { Permission } from './rights.ts';

type Schema = z.ZodType;

type Operation<I extends Schema, O extends Schema> = {
  /** `<record>.<verb>`: imperative for commands (`lead.assign`), a noun or `list`/`get` for queries (`lead.list`). */
  name: string;
  summary: string;
  input: I;
  output: O;
  /** What the caller must be allowed; `'public'` needs no sign-in, `'signed-in'` any user, `'system'` only ourselves. */
  permission: Permission;
  /** How staff say it in chat. Absent: not offered there. */
  chat?: ChatUsage;
};

export type Command<I extends Schema = Schema, O extends Schema = Schema> = Operation<I, O> & {
  kind: 'command';
  /** Fields of input and output that are never stored: not in the audit, not with an idempotency key. */
  secret?: string[];
};
export type Query<I extends Schema = Schema, O extends Schema = Schema> = Operation<I, O> & {
  kind: 'query';
  /** A REST address beside `/api/queries/<name>`: `GET /api/leads`. */
  path?: string;
};

export const defineCommand = <I extends Schema, O extends Schema>(
  c: Omit<Command<I, O>, 'kind'>,
): Command<I, O> => ({ kind: 'command', ...c });
export const defineQuery = <I extends Schema, O extends Schema>(
  q: Omit<Query<I, O>, 'kind'>,
): Query<I, O> => ({ kind: 'query', ...q });

/** What a command or query answers in chat, made from its output; pure. */
export type Present<O> = (output: O, at: { zone: string; locale: string; now: Date }) => Answer;
/** `update: true` replaces the card whose button was pressed. */
export type Answer = {
  text?: string;
  cards?: Card[];
  form?: Form;
  /** Pictures and files, after the words. */
  media?: MediaRef[];
  update?: boolean;
};

export type Handler<I extends Schema = Schema, O extends Schema = Schema> = {
  operation: Command<I, O> | Query<I, O>;
  handle: (ctx: Context, input: z.output<I>) => Promise<z.input<O>>;
  present?: Present<z.output<O>>;
  /** It reads nothing that other commands gather (`ctx.writes`): they need not be sent before it runs. */
  apart?: true;
  /** Reads in one go what many timers of it need, for whom it runs next in this transaction. */
  prepare?: (ctx: Context, inputs: z.output<I>[]) => Promise<void>;
  /** For chat: a modal for what the typed line left out, prefilled with what was understood. */
  form?: (ctx: Context, partial: Record<string, unknown>) => Promise<Form>;
};

/** Binds the code to a declared command or query. */
export function handles<I extends Schema, O extends Schema>(
  operation: Command<I, O> | Query<I, O>,
  handle: (ctx: Context, input: z.output<I>) => Promise<z.input<O>>,
  more: Pick<Handler<I, O>, 'present' | 'form' | 'apart' | 'prepare'> = {},
): Handler {
  return { operation, handle, ...more } as unknown as Handler;
}

export type EventType<P extends Schema = Schema> = { name: string; summary: string; payload: P };
/** A domain event, past tense: `lead.assigned`. */
export const defineEvent = <P extends Schema>(name: string, summary: string, payload: P): EventType<P> => ({
  name,
  summary,
  payload,
});

export type Subscriber = {
  event: string;
  name: string;
  handle: (ctx: Context, event: DomainEvent<any>) => Promise<void>;
  /** Reads in one go what many events need, which it handles next in this transaction. */
  prepare?: (ctx: Context, events: DomainEvent<any>[]) => Promise<void>;
  /** It reads nothing that other subscribers of the same transaction gather: it need not be sent before they run. */
  apart?: true;
};
/** Runs after the commit of what emitted the event, in a transaction of its own, once per event. `name` is stored: keep it. */
export const on = <P extends Schema>(
  event: EventType<P>,
  name: string,
  handle: (ctx: Context, event: DomainEvent<z.output<P>>) => Promise<void>,
  more: {
    prepare?: (ctx: Context, events: DomainEvent<z.output<P>>[]) => Promise<void>;
    apart?: true;
  } = {},
): Subscriber => ({ event: event.name, name, handle, ...more });

export type Job = {
  name: string;
  summary: string;
  /** Agenda's human interval (`10 seconds`) or cron, in the organisation's zone. */
  every: string;
  run: (ctx: Context) => Promise<void>;
};
export const defineJob = (job: Job): Job => job;

export type Module = {
  name: string;
  summary: string;
  handlers?: Handler[];
  events?: EventType[];
  subscribers?: Subscriber[];
  jobs?: Job[];
  /** What reports may count. */
  datasets?: Dataset[];
  /** Records that point at contacts and leads, and go along when those are merged. */
  pointers?: Pointer[];
  /** Runs as a worker starts, in a unit of work; every worker runs it, so it must be harmless when repeated. */
  start?: (ctx: Context) => Promise<void>;
};
export const defineModule = (module: Module): Module => module;

/** `null` removes a key; `forMs` lets it expire. */
export type KeyChange = { name: string; value: string | null; forMs?: number };
export type AccountKeys = {
  /** Names that are not there are left out. */
  get(names: string[]): Promise<Record<string, string>>;
  /** All or nothing. @throws TakenOver when a higher token has written. */
  set(changes: KeyChange[], token: number): Promise<void>;
  /** Everything of the account, as when its phone is unlinked. @throws TakenOver */
  clear(token: number): Promise<void>;
};

/** What a channel gets from us. `accept` resolves only when the events are durable: acknowledge the provider after it. */
export type ChannelPort = {
  accept(events: InboundEvent[]): Promise<{ accepted: number; repeated: number }>;
  receipts(receipts: Receipt[]): Promise<void>;
  clock: Clock;
  log: Logger;
  /** Where the account's public pages and webhooks live, e.g. `https://crm.example.com`. */
  publicUrl: string;
  fetch: typeof fetch;
  /** Held by one process at a time; `lost` fires when it is not ours any more. For IMAP and other sockets. */
  lease(name: string): Promise<{ token: number; lost: AbortSignal; release(): Promise<void> }>;
  /** Signs and checks what we give to strangers (plus-addresses, visitor tokens): HMAC-SHA256 under the app's secret. */
  sign(purpose: string, value: string): string;
  verify(purpose: string, value: string, signature: string): boolean;
  /** Files of ours that a `MediaRef` names by `id` (the brochure, documents): their bytes, and an address strangers may open. */
  media: { read(ref: MediaRef): Promise<StoredMedia>; url(ref: MediaRef): string };
  /** Small durable state of the account: IMAP cursors and the like. */
  state: {
    get<T>(key: string): Promise<T | undefined>;
    set(key: string, value: unknown): Promise<void>;
    drop(key: string): Promise<void>;
    /** Puts a value at the end of a list of which only the latest are kept. */
    append(key: string, value: unknown, most: number): Promise<void>;
    /** Sets what is not set yet; answers what holds. */
    keep<T>(key: string, value: T): Promise<T>;
  };
  /** What opens a linked phone's account: sealed, and written only under the lease that is held (its fencing token). */
  keys: AccountKeys;
  /** The provider says that an address of ours is no more. */
  gone?: (to: string) => Promise<void>;
};

export type StoredMedia = { body: Buffer; mime: string; filename: string };

export type WebhookRequest = {
  method: string;
  url: string;
  query: Record<string, string>;
  headers: Record<string, string | undefined>;
  body: Buffer;
};
export type WebhookResponse = { status: number; headers?: Record<string, string>; body?: unknown };

/** A channel account that is open. */
export type ChannelAccount = {
  /** Where they differ from the channel's: one channel may have several drivers. */
  capabilities?: ChannelCapabilities;
  /** `POST|GET /webhooks/<channel>/<account>`: verify over the raw bytes, normalize, accept, answer. */
  webhook?(request: WebhookRequest): Promise<WebhookResponse>;
  /** Sockets and polls; resolves when running. */
  start?(): Promise<void>;
  stop?(): Promise<void>;
  send(out: Outbound): Promise<SendResult>;
  /** The bytes of a file that a customer sent; refused beyond the channel's size, types and hosts. */
  media?(ref: MediaRef): Promise<{ body: Buffer; mime: string; filename?: string }>;
  /** Whether the provider answers at all: asked when it did not, so that no customer's message is the one to find out. */
  reach?(): Promise<boolean>;
  /** For `doctor` and the channels page: what is wrong, in words, or `ok`. */
  health?(): Promise<{ ok: boolean; detail: string }>;
  /** An account that a phone is linked to, by a code it scans. */
  link?: ChannelLink;
  /** Where the provider has to approve what is sent unasked. */
  templates?: ChannelTemplates;
};

/** What we send by ourselves of templates: reminders, one-time codes, the first word to who left a lead form. */
export const templateUses = ['notices', 'codes', 'leads'] as const;
export type TemplateUse = (typeof templateUses)[number];
export type MessageTemplate = {
  name: string;
  locale: string;
  /** `missing`: we would send it, and the provider does not know it. */
  state: 'approved' | 'waiting' | 'rejected' | 'paused' | 'off' | 'missing';
  category?: string;
  text?: string;
  /** Why it was rejected, in the provider's words. */
  reason?: string;
  use?: TemplateUse;
};
/** Both reject with the provider's words. */
export type ChannelTemplates = {
  list(): Promise<MessageTemplate[]>;
  /** Asks the provider to approve the one for this use. */
  request(use: TemplateUse): Promise<void>;
};

/** Linking a phone, from the console: orders are obeyed by whichever process holds the account. */
export type ChannelLink = {
  state(): Promise<LinkView>;
  /** Shows a code to scan, or connects again what was paired before. */
  pair(): Promise<void>;
  unpair(): Promise<void>;
};
/** `qr` is what the code to scan says, while there is one. */
export type LinkView = { phase: string; words: string; since: Date; qr?: string; me?: string };

export type Channel<S extends Schema = Schema> = {
  name: string;
  label: string;
  audience: 'customer' | 'staff';
  capabilities: ChannelCapabilities;
  /** Settings of one account in config/channels.yaml; secrets come as `${ENV_NAME}`. */
  settings: S;
  /** How an account is connected, for the console and `doctor`; pure. */
  guide?(place: GuidePlace): Guide;
  open(
    account: { id: string; settings: z.output<S> },
    port: ChannelPort,
  ): Promise<ChannelAccount> | ChannelAccount;
};
export const defineChannel = <S extends Schema>(channel: Channel<S>): Channel =>
  channel as unknown as Channel;
