import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  openTicket,
  openTicketOf,
  resolveTicket,
  ticketStatus,
} from '../../../src/domain/tickets/contract.ts';
import { asSystem, type Sales, sales } from '../sales/harness.ts';

const unknown = { found: false, count: 0 };

describe('how a ticket stands, asked by a customer [M120] [M124]', () => {
  let crm: Sales;
  let talk: string;
  beforeEach(async () => {
    crm = await sales({ now: '2026-03-11T05:00:00Z' });
    await crm.user('Priya Shah', 'tele-caller');
    talk = await crm.conversation('+919845012345', [{ scheme: 'phone', value: '+919845012345' }]);
    await crm.bus.command(
      openTicket,
      { description: 'The printer beeps', kind: 'complaint', conversationId: talk, name: 'Ravi', told: true },
      asSystem,
    );
    await crm.settle();
  });
  afterEach(() => crm.dispose());

  const ask = (input: object, conversationId = talk) =>
    crm.bus.command(ticketStatus, { conversationId, ...input }, asSystem);
  const visitor = (name: string) =>
    crm.conversation(name, [{ scheme: 'visitor', value: name }], { channel: 'webchat' });

  it('is answered without an ID where it was opened', async () => {
    expect(await ask({})).toMatchObject({
      found: true,
      number: 'T-2026-00001',
      status: 'open',
      lines: 'T-2026-00001: received, a colleague will take it up (since Wed, 11 Mar 2026)',
    });
  });

  it('is answered in the customer’s language', async () => {
    expect((await ask({ language: 'hi' })).lines).toContain('दर्ज है');
    expect((await ask({ language: 'hinglish' })).lines).toContain('darj hai');
  });

  it('is never answered to the ID alone, and a wrong ID is answered in the same way', async () => {
    const stranger = await visitor('v-1');
    expect(await ask({ reference: 'T-2026-00001' }, stranger)).toEqual(unknown);
    expect(await ask({ reference: 'T-2026-09999' }, stranger)).toEqual(unknown);
    expect(await ask({}, stranger)).toEqual(unknown);
  });

  it('is not answered to the number alone: anybody may know that', async () => {
    expect(await ask({ phone: '9845012345' }, await visitor('v-1'))).toEqual(unknown);
  });

  it('is answered to the ID with the customer’s telephone number, however both are written', async () => {
    const other = await visitor('v-1');
    expect(await ask({ reference: 'my ticket t 2026 1 please', phone: '098450-12345' }, other)).toMatchObject(
      { found: true, number: 'T-2026-00001' },
    );
    expect(await ask({ reference: 'T-2026-00001', phone: '9845012346' }, other)).toEqual(unknown);
  });

  it('is answered on another channel that proves the same number', async () => {
    const sms = await crm.conversation('sms-1', [{ scheme: 'phone', value: '+919845012345' }], {
      channel: 'sms',
    });
    expect(await ask({}, sms)).toMatchObject({ found: true, number: 'T-2026-00001' });
  });

  it('cannot be guessed: after five wrong tries even the right words find nothing for an hour', async () => {
    const guesser = await visitor('v-1');
    for (let i = 1; i <= 5; i++)
      expect(
        await ask({ reference: 'T-2026-00001', phone: `984501234${i + 5 - (i === 5 ? 10 : 0)}` }, guesser),
      ).toEqual(unknown);
    expect(await ask({ reference: 'T-2026-00001', phone: '9845012345' }, guesser)).toEqual(unknown);
    // The sender needs no proof and cannot be locked out.
    expect(await ask({ reference: 'T-2026-00001' })).toMatchObject({ found: true });
  });

  it('a browser that once named somebody’s number does not see that somebody’s tickets', async () => {
    const stranger = await visitor('v-1');
    await crm.enquire({ conversationId: stranger, phone: '9845012345', name: 'Not Ravi' });
    expect(await ask({}, stranger)).toEqual(unknown);
  });

  it('tells of the open one when the customer complains again, and for a week of the one that was resolved', async () => {
    const of = () => crm.bus.query(openTicketOf, { conversationId: talk }, asSystem);
    expect(await of()).toMatchObject({ found: true, number: 'T-2026-00001' });
    const manager = await crm.user('Meera', 'manager');
    await crm.bus.command(resolveTicket, { ticketId: 'T-2026-00001', solution: 'New driver' }, manager);
    expect(await of()).toMatchObject({ found: false, recent: true, number: 'T-2026-00001' });
    crm.clock.set(new Date('2026-03-19T05:00:00Z'));
    expect(await of()).toEqual({ found: false, recent: false });
    expect(await ask({})).toMatchObject({ found: true, status: 'resolved', active: false });
  });
});
