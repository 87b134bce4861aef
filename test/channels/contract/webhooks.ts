/** The part of the contract for channels whose provider calls us. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WebhookRequest } from '../../../src/core/define.ts';
import { type Contract, call, type Opened, type Secret } from './contract.ts';
import type { FakePort } from './fake-port.ts';

type World = {
  port: FakePort;
  opened: Opened;
  signed(request: WebhookRequest, secret?: Secret, at?: Date): WebhookRequest;
};

export function webhookContract(world: () => World, webhook: NonNullable<Contract['webhook']>): void {
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

  if (webhook.bodySigned !== false) {
    it('refuses a body changed after signing, by one byte', async () => {
      const { opened, signed } = world();
      const request = signed(hello());
      const body = Buffer.from(request.body);
      body[body.length - 1] = body.at(-1)! ^ 1;
      expect(await call(opened.account, { ...request, body })).toMatchObject({ status: 401 });
    });
  }

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

  for (const [index, { payload, request }] of (webhook.bendable ?? []).entries()) {
    it(`survives whatever a provider changes in its payload (${index + 1})`, async () => {
      const { opened, signed } = world();
      await fc.assert(
        fc.asyncProperty(fc.nat(), junk, async (where, value) => {
          const { status } = await call(opened.account, signed(request(bent(payload, where, value))));
          expect([200, 400]).toContain(status);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('refuses an oversize payload with 413', async () => {
    const { opened, signed, port } = world();
    const request = webhook.text({ id: 'big', text: 'x'.repeat(webhook.maxBytes) });
    expect(await call(opened.account, signed(request))).toMatchObject({ status: 413 });
    expect(port.events).toEqual([]);
  });
}

const junk = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 1 }),
  fc.string(),
  fc.integer(),
);

/** The payload with one of its values, however deep, replaced; `undefined` takes it away. */
function bent(payload: object, where: number, value: unknown): unknown {
  const copy = structuredClone(payload) as Record<string, unknown>;
  const places: [Record<string, unknown>, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      places.push([node as Record<string, unknown>, key]);
      visit(inner);
    }
  };
  visit(copy);
  const [owner, key] = places[where % places.length]!;
  if (value === undefined) delete owner[key];
  else owner[key] = value;
  return copy;
}
