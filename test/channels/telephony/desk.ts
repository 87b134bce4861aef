/** What is said on a call, between the process that has the turn and the one that has the telephone. */
import { describe, expect, it } from '@jest/globals';
import { answer, type Where } from '../../../src/channels/telephony/ivr/answer.ts';
import { createDesk } from '../../../src/channels/telephony/ivr/desk.ts';
import { settingsSchema, type TwilioSettings } from '../../../src/channels/telephony/settings.ts';
import type { Outbound } from '../../../src/core/messaging.ts';
import { fakePort } from '../contract/fake-port.ts';

const said = (id: string, text: string, turn: object = { last: true }): Outbound => ({
  id,
  channel: 'telephony',
  account: 'main',
  to: 'ivr:CA1',
  content: { kind: 'text', text },
  purpose: 'reply',
  meta: { turn },
});
const texts = (lines?: { text: string }[]) => lines?.map(({ text }) => text);

describe('the desk of calls', () => {
  it('hears what another process says, the whole turn at once, and gives the same request the same answer', async () => {
    const port = fakePort();
    const [web, worker] = [createDesk(port), createDesk(port)];
    await web.begin('CA1');
    const waiting = web.heard('CA1', 0, 60_000);
    await worker.send(said('o1', 'Welcome.', { last: false }));
    await worker.send(said('o2', 'How can we help?'));
    expect(texts(await waiting)).toEqual(['Welcome.', 'How can we help?']);
    await worker.send(said('o3', 'Which product?'));
    expect(texts(await worker.heard('CA1', 0, 0))).toEqual(['Welcome.', 'How can we help?']);
    expect(texts(await worker.heard('CA1', 1, 0))).toEqual(['Which product?']);
  });

  it('says once what the outbox brings twice, and refuses what comes after the call', async () => {
    const desk = createDesk(fakePort());
    await desk.begin('CA1');
    expect(await desk.send(said('o1', 'Welcome.'))).toMatchObject({ ok: true });
    expect(await desk.send(said('o1', 'Welcome.'))).toMatchObject({ ok: true });
    expect(texts(await desk.heard('CA1', 0, 0))).toEqual(['Welcome.']);
    await desk.end('CA1');
    expect(await desk.send(said('o2', 'Hello?'))).toMatchObject({ ok: false, error: 'recipient' });
  });

  it('a caller whom no flow answers is asked for a moment, and then put through', async () => {
    const port = fakePort();
    const settings = settingsSchema.parse({
      provider: 'twilio',
      accountSid: 'AC1',
      authTokens: ['a'],
      forward: ['+919900011122'],
      menu: 'telephone',
    }) as TwilioSettings;
    const here = 'https://crm.example.com/webhooks/telephony/main';
    const where: Where = {
      settings,
      port,
      desk: createDesk(port),
      account: 'main',
      here,
      origin: {},
      patienceMs: 1,
    };
    await where.desk.begin('CA1');
    const call = { CallSid: 'CA1', CallStatus: 'in-progress', Direction: 'inbound' };
    expect(await answer(call, where)).toContain(
      `<Redirect method="POST">${here}?ivr=0&#38;wait=1</Redirect>`,
    );
    expect(await answer({ ...call, ivr: '0', wait: '3' }, where)).toContain('>+919900011122</Number></Dial>');
    // Nobody knows this call: it is older than the last restart of everything, say.
    expect(await answer({ ...call, CallSid: 'CA9', ivr: '2', Digits: '1' }, where)).toContain('</Dial>');
  });
});
