/**
 * What every channel must do, whatever its provider. To run it over a channel: describe the channel as a `Contract` in
 * `test/channels/<name>/contract.test.ts` and call `channelContract(contract)`. A part that a channel's protocol does
 * not have (webhooks over IMAP, receipts on web chat) is left out of the description, and its tests do not exist.
 */

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookRequest } from '../../../src/core/define.ts';
import type { Content, Outbound } from '../../../src/core/messaging.ts';
import { overLimit } from './contents.ts';
import { type Contract, call, type Opened, type Secret, type Told } from './contract.ts';
import { type FakePort, fakePort } from './fake-port.ts';
import { sendContract } from './sending.ts';
import { webhookContract } from './webhooks.ts';

export { type Contract, call, type Opened, post, type Told } from './contract.ts';

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
    if (send) sendContract(() => ({ port, opened }), outbound, send);

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
