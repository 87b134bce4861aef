/** What a channel tells of itself to be held to the contract, and how a webhook is called. */
import type { ChannelAccount, WebhookRequest, WebhookResponse } from '../../../src/core/define.ts';
import { isAppError } from '../../../src/core/errors.ts';
import type { FakePort } from './fake-port.ts';

/** `wrong` is nobody's; `next` is valid beside `current` while a secret is being rotated. */
export type Secret = 'current' | 'next' | 'wrong';
/** A message of a customer or colleague, as the provider would tell of it. */
export type Told = { id: string; text: string };

export type Contract = {
  name: string;
  /** Opens one account against a provider played on loopback; called before each test. */
  open(port: FakePort): Promise<Opened>;
  /** Words that must never be logged: the settings' secrets. */
  secrets: string[];
  webhook?: {
    path: string;
    text(told: Told): WebhookRequest;
    /** The same, of a type that the channel does not know. */
    unknown(id: string): WebhookRequest;
    sign(request: WebhookRequest, how: { secret: Secret; at: Date }): WebhookRequest;
    /** `false`: the provider shows a secret word and signs nothing; TLS alone keeps the body. */
    bodySigned?: false;
    /** The scheme signs a time: requests older or younger than 300 s are refused. */
    timestamped: boolean;
    /** Signed, but not what the provider documents; `field` is what the 400 must name. */
    malformed: { title: string; request: WebhookRequest; field: string }[];
    /** A documented payload and how it becomes a request: bent at random, it must never end in a 5xx. */
    bendable?: { payload: object; request(payload: unknown): WebhookRequest }[];
    /** Bytes beyond which a payload is refused. */
    maxBytes: number;
  };
  /** For what does not come by webhook: resolves when our side has acknowledged, rejects when it refuses. */
  deliver?: (opened: Opened, told: Told) => Promise<unknown>;
  deliverUnknown?: (opened: Opened, id: string) => Promise<unknown>;
  receipts?: {
    /** The provider's word, in the order given. */
    deliver(
      opened: Opened,
      statuses: ('sent' | 'delivered' | 'read' | 'failed')[],
      outboxId: string,
    ): Promise<void>;
  };
  send?: {
    to: string;
    meta?: Record<string, unknown>;
    /** What this provider has no way to say. */
    lacks?: ('rate' | 'timeoutAfterAccept' | 'auth')[];
  };
  /** Golden files `golden/<case>.json` beside the test: what the provider got for each over-limit content. */
  golden?: { dir: URL; limitsHold(payload: any): void };
  /** Media at addresses inside our own network must not be passed on or fetched. */
  refusesPrivateMedia?: boolean;
};

export type Opened = {
  account: ChannelAccount;
  /** Payloads that the provider took, oldest first. */
  sent(): unknown[];
  /** The provider's next answer: 429 with a time to wait, or taken with the answer lost. */
  fail?(how: 'rate' | 'timeoutAfterAccept' | 'auth'): void;
  close(): Promise<void>;
};

/** Calls a webhook as the HTTP server does: an AppError is its status, any other error a 500. */
export async function call(account: ChannelAccount, request: WebhookRequest): Promise<WebhookResponse> {
  try {
    return await account.webhook!(request);
  } catch (error) {
    return isAppError(error) ? { status: error.status, body: error.toJSON() } : { status: 500 };
  }
}

export const post = (
  path: string,
  body: Buffer | string,
  headers: Record<string, string> = {},
): WebhookRequest => ({
  method: 'POST',
  url: path,
  query: {},
  headers,
  body: Buffer.from(body),
});
