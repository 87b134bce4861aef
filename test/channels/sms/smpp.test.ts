/** What is SMPP's own: lines that break, parts, receipts, alphabets, ids of India's operators. */
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Smsc, startSmsc } from '../../../src/channels/emulator/sms/smsc.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { customer, openLine, outbound, password } from './line.ts';
import './net-smpp.ts';
import './tls.ts';

describe('SMS by SMPP', () => {
  let smsc: Smsc;
  let port: FakePort;
  let account: ChannelAccount | undefined;
  beforeEach(async () => {
    smsc = await startSmsc({ password });
    port = fakePort();
  });
  afterEach(async () => {
    await account?.stop?.();
    await smsc.close();
    account = undefined;
  });
  const open = async (more: object = {}): Promise<ChannelAccount> => {
    account = await openLine(smsc, port, more);
    return account;
  };
  const until = (is: () => boolean, what: string) =>
    (async () => {
      for (const end = Date.now() + 60_000; !is(); ) {
        if (Date.now() > end) throw new Error(`waited for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();

  // 3GPP TS 23.038: the GSM alphabet is data coding 0 with SMSCs, UCS-2 is 8 (SMPP 3.4, 5.2.19).
  it('writes plain text in the network’s own alphabet, Hindi and emoji in UCS-2, and tears no emoji', async () => {
    const { send } = await open();
    const texts = ['Price: 100€ [net] @ 5 %', 'नमस्ते, आपका डेमो कल है', `${'a'.repeat(66)}🙂${'b'.repeat(60)}`];
    for (const text of texts) expect(await send(outbound(text))).toMatchObject({ ok: true });
    expect(smsc.taken().map(({ text }) => text)).toEqual(texts);
    expect(smsc.taken().map(({ parts }) => parts.map(({ data_coding }) => data_coding))).toEqual([
      [0],
      [8],
      [8, 8],
    ]);
    // The emoji would be the 67th and 68th unit of the first part: it moves on whole.
    expect((smsc.taken()[2]!.parts[0]!.short_message as { message: string }).message).toBe('a'.repeat(66));
    expect(smsc.taken()[0]!.parts[0]).toMatchObject({
      source_addr: 'RSOFTT',
      source_addr_ton: 5,
      destination_addr: '919845012345',
      dest_addr_ton: 1,
      registered_delivery: 1,
    });
  });

  it('says typographic signs plainly where that keeps a message short', async () => {
    const { send } = await open();
    await send(outbound('We’ll ring you – “soon” … from ₹ 500'));
    expect(smsc.taken()[0]).toMatchObject({ text: 'We\'ll ring you - "soon" ... from Rs 500' });
    expect(smsc.taken()[0]!.parts[0]!.data_coding).toBe(0);
  });

  it('sends a long text in parts of 153, or whole where the SMSC wants that', async () => {
    const text = 'x'.repeat(400);
    const { send } = await open();
    await send(outbound(text));
    expect(smsc.taken()).toMatchObject([{ text }]);
    expect(
      smsc
        .taken()[0]!
        .parts.map(({ esm_class, short_message }) => [
          esm_class,
          (short_message as { message: string }).message.length,
        ]),
    ).toEqual([
      [0x40, 153],
      [0x40, 153],
      [0x40, 94],
    ]);
    await account!.stop!();
    await (await open({ long: 'payload' })).send(outbound(text));
    expect(smsc.taken()[1]).toMatchObject({ text, parts: [{ esm_class: 0 }] });
  });

  it('carries the ids that India’s operators ask for, the template’s own where it has one', async () => {
    const dlt = {
      entityId: '1001234567890',
      templateId: '1007000000001',
      templates: { reminder: '1007000000002' },
    };
    const { send } = await open({ dlt });
    await send(outbound('Hello'));
    await send(
      outbound({ kind: 'template', template: 'reminder', locale: 'en', params: [], text: 'At 5 – sharp' }),
    );
    const tlvs = smsc.taken().map(({ parts: [pdu] }) => [pdu!.dlt_1400, pdu!.dlt_1401]);
    expect(tlvs).toEqual([
      ['1001234567890', '1007000000001'],
      ['1001234567890', '1007000000002'],
    ]);
    // A registered text is not touched.
    expect(smsc.taken()[1]!.text).toBe('At 5 – sharp');
  });

  it('is delivered when all parts are, failed when one is, and says why', async () => {
    const { send } = await open();
    await send(outbound('x'.repeat(200), 'long'));
    await send(outbound('short', 'short'));
    const [long, short] = smsc.taken();
    await smsc.report(long!.ids[1]!);
    expect(port.received).toEqual([]);
    await smsc.report(long!.ids[0]!);
    await smsc.report(short!.id, 'ACCEPTD');
    await smsc.report(short!.id, 'UNDELIV');
    expect(port.received).toMatchObject([
      { ref: 'long', status: 'delivered' },
      { ref: 'short', status: 'sent' },
      { ref: 'short', status: 'failed', error: 'It could not be delivered.' },
    ]);
  });

  it('settles a message whose answer was lost by its receipt, and sends it once', async () => {
    const { send } = await open();
    smsc.fail('timeoutAfterAccept');
    expect(await send(outbound('Your demo is at 5', 'lost'))).toMatchObject({ error: 'ambiguous' });
    await smsc.until(() => smsc.lines().length > 0, 'the line to be opened again');
    await smsc.report(smsc.taken()[0]!.id);
    expect(port.received).toMatchObject([{ ref: 'lost', status: 'delivered' }]);
    expect(smsc.taken()).toHaveLength(1);
  });

  it('tells of an answer that came too late, so that nobody has to decide', async () => {
    const { send } = await open({ responseMs: 100 });
    smsc.fail('silence');
    expect(await send(outbound('Hello', 'late'))).toMatchObject({ error: 'ambiguous' });
    const [pdu] = smsc.taken()[0]!.parts;
    smsc.lines()[0]!.send(pdu!.response({ message_id: '00000001' }));
    await until(() => port.received.length > 0, 'the late answer');
    expect(port.received).toMatchObject([{ ref: 'late', providerId: '00000001', status: 'sent' }]);
  });

  it('knows a receipt’s decimal id as the hexadecimal one of the answer, where the SMSC is of that kind', async () => {
    const { send } = await open({ receiptIds: 'decimal' });
    for (let n = 0; n < 11; n++) await send(outbound('x', `out-${n}`));
    await smsc.report(smsc.taken()[10]!.id, 'DELIVRD', { id: '11' });
    expect(port.received).toMatchObject([{ ref: 'out-10', providerId: '11', status: 'delivered' }]);
  });

  it('stays away as long as it was throttled, and then goes on', async () => {
    const { send } = await open();
    smsc.fail('rate');
    expect(await send(outbound('one'))).toMatchObject({ error: 'rate', retryAfterMs: 1000 });
    expect(await send(outbound('two'))).toMatchObject({ error: 'rate', retryAfterMs: 1000 });
    expect(smsc.taken()).toEqual([]);
    port.clock.advance(1000);
    expect(await send(outbound('one'))).toMatchObject({ ok: true });
  });

  it('never has more than ten messages without an answer', async () => {
    const { send } = await open({ responseMs: 60_000 });
    smsc.fail('silence', 10);
    const sending = Array.from({ length: 11 }, (_, n) => send(outbound(`${n}`, `out-${n}`)));
    await until(() => smsc.taken().length >= 10, 'ten messages');
    const [first] = smsc.taken();
    expect(smsc.taken()).toHaveLength(10);
    smsc.lines()[0]!.send(first!.parts[0]!.response({ message_id: 'late' }));
    expect(await sending[0]).toMatchObject({ ok: true });
    expect(await sending[10]).toMatchObject({ ok: true });
    expect(smsc.taken()).toHaveLength(11);
    await account!.stop!();
    expect((await Promise.all(sending)).filter(({ ok }) => !ok)).toHaveLength(9);
  });

  it('says that the password is wrong, and is back by itself when it is right again', async () => {
    smsc.changePassword('other');
    account = await openLine({ port: smsc.port }, port, { reconnectMs: 20 });
    expect(await account.send(outbound('Hello'))).toMatchObject({ error: 'auth' });
    expect(await account.health!()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('wrong password'),
    });
    smsc.changePassword(password);
    await smsc.until(() => smsc.lines().length > 0, 'the line');
    expect(await account.send(outbound('Hello'))).toMatchObject({ ok: true });
    expect(await account.health!()).toMatchObject({ ok: true });
  });

  it('opens the line again after a PDU that cannot be read', async () => {
    const { send } = await open({ reconnectMs: 20 });
    const [line] = smsc.lines();
    // A length beyond every limit: the library stops reading for good.
    line!.socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1]));
    await smsc.until(() => smsc.lines().length > 0 && smsc.lines()[0] !== line, 'a new line');
    expect(await send(outbound('Hello'))).toMatchObject({ ok: true });
  });

  it('notices a peer that has fallen silent', async () => {
    await open({ enquireMs: 20, responseMs: 50, reconnectMs: 20 });
    const [line] = smsc.lines();
    line!.pause();
    await smsc.until(() => smsc.lines().some((one) => one !== line), 'a new line');
    expect(port.logged.join()).toContain('does not answer any more');
  });

  it('joins the parts of a long message, however they come; what stays away is marked', async () => {
    await open({ enquireMs: 20 });
    const part = (place: number, text: string, ref = 7) =>
      smsc.say(customer, '', '56161', {
        esm_class: 0x40,
        data_coding: 0,
        short_message: { udh: Buffer.from([5, 0, 3, ref, 3, place]), message: text },
      });
    await part(3, 'demo tomorrow');
    await part(1, 'Hello, I would ');
    expect(port.events).toEqual([]);
    await part(2, 'like to see a ');
    expect(port.events).toMatchObject([{ body: { text: 'Hello, I would like to see a demo tomorrow' } }]);
    await part(1, 'Where is ', 8);
    await part(3, '?', 8);
    port.clock.advance(11 * 60_000);
    await until(() => port.events.length > 1, 'what there is');
    expect(port.events[1]).toMatchObject({ thread: customer, body: { text: 'Where is […]?' } });
  });

  it('takes “1” twice where two questions were answered, and once where the SMSC sent it again', async () => {
    const { send } = await open();
    await smsc.say(customer, '1');
    await send(outbound('And how many?'));
    await until(() => port.events.length === 1, 'the answer');
    port.clock.advance(20_000);
    await smsc.say(customer, '1');
    expect(port.events).toHaveLength(2);
    // The line breaks before the SMSC can know that we have it.
    const [line] = smsc.lines();
    line!.destroy();
    await smsc.until(() => smsc.lines().some((one) => one !== line), 'a new line');
    port.clock.advance(60_000);
    await smsc.say(customer, '1');
    expect(port.events).toHaveLength(2);
  });

  it('knows a customer by one number, however the SMSC spells it', async () => {
    await open();
    await smsc.say('9845012345', 'one', '56161', { source_addr_ton: 2 });
    await smsc.say('919845012345', 'two');
    await smsc.say('VM-BANKXX', 'three', '56161', { source_addr_ton: 5 });
    expect(port.events.map(({ thread, from }) => [thread, from])).toEqual([
      [customer, [{ scheme: 'phone', value: customer }]],
      [customer, [{ scheme: 'phone', value: customer }]],
      ['VM-BANKXX', []],
    ]);
  });

  it('is no end of the SMSC: nonsense from the network breaks nothing', async () => {
    const { send } = await open({ reconnectMs: 20 });
    const stranger: Socket = connect(smsc.port, '127.0.0.1');
    stranger.end(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    await smsc.say(customer, '', '', { short_message: Buffer.alloc(0), data_coding: 0 });
    await smsc.say(customer, '', '', { esm_class: 4, short_message: 'id:nobody stat:WHATEVER' });
    await smsc.say(customer, '', '', { esm_class: 4, short_message: '' });
    expect(await send(outbound('still here'))).toMatchObject({ ok: true });
    expect(port.received).toEqual([]);
  });
});
