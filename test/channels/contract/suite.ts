/**
 * What every channel must do, whatever its provider. To run it over a channel: describe the channel as a `Contract` in
 * `test/channels/<name>/contract.test.ts` and call `channelContract(contract)`. A part that a channel's protocol does
 * not have (webhooks over IMAP, receipts on web chat) is left out of the description, and its tests do not exist.
 */

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChannelAccount, WebhookRequest, WebhookResponse } from '../../../src/core/define.ts';
import { isAppError } from '../../../src/core/errors.ts';
import type { Content, Outbound, SendErrorKind } from '../../../src/core/messaging.ts';
import { overLimit } from './contents.ts';
import { type FakePort, fakePort } from './fake-port.ts';

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
    /** The scheme signs a time: requests older or younger than 300 s are refused. */
    timestamped: boolean;
    /** Signed, but not what the provider documents; `field` is what the 400 must name. */
    malformed: { title: string; request: WebhookRequest; field: string }[];
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
    /** How an ambiguous send may be repeated; a `resend` channel must be idempotent by the outbound id. */
    rateHeader?: string;
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

export function channelContract(contract: Contract): void {
  describe(`${contract.name}: channel contract`, () => {
    let port: FakePort;
    let opened: Opened;
    beforeEach(async () => {
      port = fakePort();
      opened = await contract.open(port);
    });
    afterEach(() => opened.close());

    const { webhook, send } = contract;
    const signed = (request: WebhookRequest, secret: Secret = 'current', at = port.clock.now()) =>
      webhook!.sign(request, { secret, at });
    const deliver = async (told: Told) => {
      if (!webhook) return contract.deliver!(opened, told);
      const answer = await call(opened.account, signed(webhook.text(told)));
      if (answer.status >= 300) throw Object.assign(new Error('not acknowledged'), answer);
      return answer;
    };
    const outbound = (content: Content, id = 'out-1'): Outbound => ({
      id,
      channel: contract.name,
      account: 'main',
      to: send!.to,
      content,
      purpose: 'reply',
      ...(send!.meta && { meta: send!.meta }),
    });

    it('makes one event of a message delivered five times', async () => {
      for (let n = 0; n < 5; n++) await deliver({ id: 'm-1', text: 'Hello' });
      expect(port.events).toHaveLength(1);
      expect(JSON.stringify(port.events[0]!.body)).toContain('Hello');
    });

    it('does not acknowledge what could not be stored, and takes it when it comes again', async () => {
      port.failAccept();
      await expect(deliver({ id: 'm-2', text: 'Is anybody there?' })).rejects.toBeDefined();
      expect(port.events).toHaveLength(0);
      await deliver({ id: 'm-2', text: 'Is anybody there?' });
      expect(port.events).toHaveLength(1);
    });

    it('keeps the order and the words of a burst', async () => {
      const texts = ['first', 'zweite', 'तीसरा', '🙂🙂', 'مرحبا'];
      for (const [index, text] of texts.entries()) await deliver({ id: `b-${index}`, text });
      expect(port.events.map(({ body }) => ('text' in body ? body.text : ''))).toEqual(texts);
    });

    if (webhook || contract.deliverUnknown) {
      it('keeps a message of a type it does not know', async () => {
        if (webhook)
          expect(await call(opened.account, signed(webhook.unknown('u-1')))).toMatchObject({ status: 200 });
        else await contract.deliverUnknown!(opened, 'u-1');
        expect(port.events.map(({ body }) => body.kind)).toEqual(['unknown']);
      });
    }

    if (webhook) webhookContract(() => ({ port, opened, signed }), webhook);
    if (send) sendContract(() => ({ port, opened }), outbound);

    if (contract.receipts) {
      it('reports receipts with their time and our reference, so that a late one cannot move a message back', async () => {
        await contract.receipts!.deliver(opened, ['sent', 'read', 'delivered'], 'out-7');
        expect(port.received.map(({ status }) => status)).toEqual(['sent', 'read', 'delivered']);
        for (const receipt of port.received) {
          expect(receipt.ref ?? receipt.providerId).toBeTruthy();
          expect(receipt.at).toBeInstanceOf(Date);
        }
      });
    }

    if (contract.golden) {
      const { dir, limitsHold } = contract.golden;
      for (const [title, content] of Object.entries(overLimit)) {
        it(`shows ${title} within the provider's limits`, async () => {
          await opened.account.send(outbound(content));
          const sent = opened.sent();
          for (const payload of sent) limitsHold(payload);
          expect(sent).toEqual(
            JSON.parse(readFileSync(new URL(`${title.replaceAll(' ', '-')}.json`, dir), 'utf8')),
          );
        });
      }
    }

    if (contract.refusesPrivateMedia) {
      for (const url of [
        'http://127.0.0.1/a.pdf',
        'http://169.254.169.254/latest/meta-data',
        'http://[::1]/a.pdf',
        'http://10.0.0.7/a.pdf',
        'file:///etc/passwd',
      ]) {
        it(`refuses to pass on media at ${url}`, async () => {
          const result = await opened.account.send(
            outbound({ kind: 'media', media: { type: 'document', url, filename: 'a.pdf' } }),
          );
          expect(result).toMatchObject({ ok: false, error: 'content' });
          expect(opened.sent()).toEqual([]);
        });
      }
    }

    it('logs no secret, whatever goes wrong', async () => {
      await deliver({ id: 's-1', text: 'Hello' });
      port.failAccept();
      await deliver({ id: 's-2', text: 'Hello' }).catch(() => undefined);
      if (webhook) await call(opened.account, signed(webhook.text({ id: 's-3', text: 'x' }), 'wrong'));
      for (const fault of ['auth', 'rate', 'timeoutAfterAccept'] as const) {
        if (!send || !opened.fail) continue;
        opened.fail(fault);
        await opened.account.send(outbound({ kind: 'text', text: 'Hi' }, `s-${fault}`));
      }
      await opened.account.health?.();
      expect(port.logged.filter((line) => contract.secrets.some((secret) => line.includes(secret)))).toEqual(
        [],
      );
    });
  });
}

type World = {
  port: FakePort;
  opened: Opened;
  signed(request: WebhookRequest, secret?: Secret, at?: Date): WebhookRequest;
};

function webhookContract(world: () => World, webhook: NonNullable<Contract['webhook']>): void {
  const hello = () => webhook.text({ id: 'w-1', text: 'Hello' });

  it('refuses a wrong signature with 401 and keeps nothing', async () => {
    const { opened, signed, port } = world();
    expect(await call(opened.account, signed(hello(), 'wrong'))).toMatchObject({ status: 401 });
    expect(port.events).toEqual([]);
  });

  it('refuses a missing signature with 401', async () => {
    const { opened, port } = world();
    expect(await call(opened.account, hello())).toMatchObject({ status: 401 });
    expect(port.events).toEqual([]);
  });

  it('refuses a body changed after signing, by one byte', async () => {
    const { opened, signed } = world();
    const request = signed(hello());
    const body = Buffer.from(request.body);
    body[body.length - 1] = body.at(-1)! ^ 1;
    expect(await call(opened.account, { ...request, body })).toMatchObject({ status: 401 });
  });

  it('takes both secrets while one is being rotated', async () => {
    const { opened, signed, port } = world();
    expect(await call(opened.account, signed(hello(), 'current'))).toMatchObject({ status: 200 });
    expect(
      await call(opened.account, signed(webhook.text({ id: 'w-2', text: 'Hello' }), 'next')),
    ).toMatchObject({ status: 200 });
    expect(port.events).toHaveLength(2);
  });

  if (webhook.timestamped) {
    for (const [title, seconds] of [
      ['old', -301],
      ['from the future', 301],
    ] as const) {
      it(`refuses a request that is 301 s ${title}`, async () => {
        const { opened, signed, port } = world();
        const at = new Date(port.clock.now().getTime() + seconds * 1000);
        expect(await call(opened.account, signed(hello(), 'current', at))).toMatchObject({ status: 401 });
        expect(port.events).toEqual([]);
      });
    }
    it('takes a request that is 299 s old', async () => {
      const { opened, signed, port } = world();
      const at = new Date(port.clock.now().getTime() - 299_000);
      expect(await call(opened.account, signed(hello(), 'current', at))).toMatchObject({ status: 200 });
    });
  }

  it('answers 5xx when the event could not be stored', async () => {
    const { opened, signed, port } = world();
    port.failAccept();
    expect((await call(opened.account, signed(hello()))).status).toBeGreaterThanOrEqual(500);
  });

  for (const { title, request, field } of webhook.malformed) {
    it(`answers 400 naming the field for ${title}`, async () => {
      const { opened, signed } = world();
      const answer = await call(opened.account, signed(request));
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain(field);
    });
  }

  it('refuses an oversize payload with 413', async () => {
    const { opened, signed, port } = world();
    const request = webhook.text({ id: 'big', text: 'x'.repeat(webhook.maxBytes) });
    expect(await call(opened.account, signed(request))).toMatchObject({ status: 413 });
    expect(port.events).toEqual([]);
  });
}

function sendContract(
  world: () => { port: FakePort; opened: Opened },
  outbound: (content: Content, id?: string) => Outbound,
): void {
  it('sends a text once and names it by the provider’s id', async () => {
    const { opened } = world();
    const result = await opened.account.send(outbound({ kind: 'text', text: 'Welcome!' }));
    expect(result).toMatchObject({ ok: true, providerId: expect.stringMatching(/.+/) });
    expect(opened.sent()).toHaveLength(1);
    expect(JSON.stringify(opened.sent())).toContain('Welcome!');
  });

  const faults: [string, 'rate' | 'timeoutAfterAccept' | 'auth', SendErrorKind][] = [
    ['honours a 429: says how long to wait', 'rate', 'rate'],
    ['calls a lost answer ambiguous, and never sends twice by itself', 'timeoutAfterAccept', 'ambiguous'],
    ['reports a refused token as such', 'auth', 'auth'],
  ];
  for (const [title, fault, kind] of faults) {
    it(title, async () => {
      const { opened } = world();
      if (!opened.fail) throw new Error('the contract names no way to make the provider fail');
      opened.fail(fault);
      const result = await opened.account.send(outbound({ kind: 'text', text: 'Once only' }));
      expect(result).toMatchObject({ ok: false, error: kind });
      if (fault === 'rate') expect((result as { retryAfterMs?: number }).retryAfterMs).toBeGreaterThan(0);
      expect(opened.sent()).toHaveLength(fault === 'timeoutAfterAccept' ? 1 : 0);
    });
  }
}

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
