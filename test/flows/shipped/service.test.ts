/** The shipped flows in the whole product: messages in, records and messages out. */

import { listFollowUps } from '../../../src/domain/activities/contract.ts';
import { bookAppointment, listAppointments } from '../../../src/domain/appointments/contract.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import { listDeadLetters } from '../../../src/domain/conversations/contract.ts';
import { listEnquiries, recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { listFeedback } from '../../../src/domain/feedback/contract.ts';
import { getLead, listLeads } from '../../../src/domain/leads/contract.ts';
import { reengageSilent } from '../../../src/domain/outreach/contract.ts';
import {
  getTicket,
  listTickets,
  replyOnTicket,
  resolveTicket,
} from '../../../src/domain/tickets/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

type Sent = Awaited<ReturnType<TestApp['say']>>;
const texts = (sent: Sent) =>
  sent.map(({ content }) =>
    content.kind === 'text' || content.kind === 'template' ? content.text : content.kind,
  );
const all = (sent: Sent) => texts(sent).join('\n');
const complaint = 'The software crashes whenever I print an invoice';

describe('service in chat', () => {
  let app: TestApp;
  let priya: Awaited<ReturnType<TestApp['user']>>;
  let meera: Awaited<ReturnType<TestApp['user']>>;
  beforeEach(async () => {
    app = await testApp();
    await app.start();
    priya = await app.user('Priya Shah', 'tele-caller');
    meera = await app.user('Meera Iyer', 'manager');
  });
  afterEach(() => app.dispose());

  const tickets = async () => (await app.bus.query(listTickets, {}, asSystem)).items;
  const later = async (moment: string) => {
    const before = app.sent.length;
    app.clock.set(new Date(moment));
    await app.idle();
    return app.sent.slice(before);
  };
  const web = {
    channel: 'webchat',
    thread: 'visitor-1',
    from: [{ scheme: 'visitor' as const, value: 'visitor-1' }],
  };

  it('a complaint becomes a ticket in one message, with its ID told where it came from [M120]', async () => {
    const sent = await app.say(complaint, { name: 'Ravi Kumar' });
    expect(all(sent)).toContain('T-2026-00001');
    const [ticket] = await tickets();
    expect(ticket).toMatchObject({
      kind: 'complaint',
      status: 'open',
      name: 'Ravi Kumar',
      phone: '+919812345678',
      channel: 'whatsapp',
      assigneeName: 'Priya Shah',
      description: complaint,
    });
    expect((await app.bus.query(listLeads, {}, asSystem)).total).toBe(0);
    const { items } = await app.bus.query(contactTimeline, { contactId: ticket!.contactId }, priya);
    expect(items.map(({ title }) => title)).toContain('Ticket T-2026-00001: opened');
  });

  it('the same message delivered five times makes one ticket and one answer [B2]', async () => {
    const event = {
      id: 'wamid.1',
      channel: 'whatsapp',
      account: 'main',
      audience: 'customer' as const,
      thread: '+919812345678',
      from: [{ scheme: 'phone' as const, value: '+919812345678' }],
      at: app.clock.now(),
      body: { kind: 'text' as const, text: complaint },
    };
    for (let i = 0; i < 5; i++) await app.accept([event]);
    await app.idle();
    expect(await tickets()).toHaveLength(1);
    expect(app.sent.filter(({ to }) => to === '+919812345678')).toHaveLength(1);
  });

  it('complaints of many customers at once get one ID each, without a gap [M120] [B2]', async () => {
    await Promise.all(
      Array.from({ length: 6 }, (_, i) => {
        const thread = `+91981234560${i}`;
        return app.say(complaint, { id: `m-${i}`, thread, from: [{ scheme: 'phone', value: thread }] });
      }),
    );
    await app.idle();
    const numbers = (await tickets()).map(({ number }) => number).sort();
    expect(numbers).toEqual(Array.from({ length: 6 }, (_, i) => `T-2026-0000${i + 1}`));
  });

  it('repeated, it is added; status is told to who opened it and to nobody by the ID alone', async () => {
    await app.say(complaint, { name: 'Ravi Kumar' });
    await app.say('It crashed again, this is really bad service');
    expect(await tickets()).toHaveLength(1);
    await app.say('same matter');
    expect(all(await app.say('what is the status of my complaint?'))).toContain('T-2026-00001: received');

    const wrong = await app.say('what is the status of ticket T-2026-00001', web);
    expect(all(wrong)).not.toMatch(/received|crash/);
    const missing = await app.say('98000 00000', web);
    expect(all(missing)).not.toMatch(/received|crash/);
    const stranger = {
      ...web,
      thread: 'visitor-2',
      from: [{ scheme: 'visitor' as const, value: 'visitor-2' }],
    };
    await app.say('what is the status of ticket T-2026-00001', stranger);
    expect(all(await app.say('98123 45678', stranger))).toContain('T-2026-00001: received');
  });

  it('resolved, the customer is told, asked how it was, and a bad rating opens it again [M123]', async () => {
    await app.say(complaint, { name: 'Ravi Kumar' });
    const [ticket] = await tickets();
    await app.bus.command(resolveTicket, { ticketId: ticket!.id, solution: 'Update 4.2 installed.' }, priya);
    await app.idle();
    expect(texts(app.sent).some((text) => text.includes('is resolved. Update 4.2 installed.'))).toBe(true);

    const asked = await later('2026-03-11T06:05:00Z');
    expect(all(asked)).toContain('from 1 (bad) to 5 (very good)');
    await app.say('1');
    await app.say('it still crashes with long invoices');
    const { entries, ...after } = await app.bus.query(getTicket, { ticketId: ticket!.id }, priya);
    expect(after.status).toBe('reopened');
    expect(entries.map(({ kind }) => kind)).toContain('rating');
    const { items, average } = await app.bus.query(listFeedback, { about: 'ticket' }, asSystem);
    expect(items[0]).toMatchObject({ rating: 1, comment: 'it still crashes with long invoices' });
    expect(average).toBe(1);
  });

  it('a complaint as long as a letter is kept whole, and a hostile one breaks nothing', async () => {
    const letter = `${complaint}. ${'It happens every day, on every computer. '.repeat(80)}`.trim();
    await app.say(letter, { name: 'Ravi Kumar' });
    expect((await tickets())[0]!.description).toBe(letter.slice(0, 4000).trim());
    const hostile = `the product is broken {{7*7}} \u0000 <script>alert(1)</script> $where: 1 ${'A'.repeat(20_000)}`;
    const thread = '+919812345600';
    const sent = await app.say(hostile, { thread, from: [{ scheme: 'phone', value: thread }] });
    expect(sent.length).toBeGreaterThan(0);
    expect(all(sent)).not.toContain('49');
    expect(await app.bus.query(listDeadLetters, {}, asSystem)).toMatchObject({ total: 0 });
  });

  it('asked by a colleague, the customer’s next words are on the ticket, and work goes on [M120]', async () => {
    await app.say(complaint, { name: 'Ravi Kumar' });
    const [ticket] = await tickets();
    const ticketId = ticket!.id;
    await app.bus.command(replyOnTicket, { ticketId, text: 'Which printer is it?', wait: true }, priya);
    await app.idle();
    expect(all(app.sent)).toContain('T-2026-00001: Which printer is it?');
    const answer = await app.say('it is the big one in the office, model 4711');
    expect(all(answer)).toContain('T-2026-00001');
    const after = await app.bus.query(getTicket, { ticketId }, priya);
    expect(after.status).toBe('in-progress');
    expect(after.entries.map(({ text }) => text)).toContain('it is the big one in the office, model 4711');
    expect(await tickets()).toHaveLength(1);
  });

  it('back a day after it was resolved, the same ticket is opened again', async () => {
    await app.say(complaint, { name: 'Ravi Kumar' });
    const [ticket] = await tickets();
    await app.bus.command(resolveTicket, { ticketId: ticket!.id, solution: 'Update installed.' }, priya);
    await app.idle();
    expect(all(await app.say('the software is crashing again, not solved at all'))).toContain('T-2026-00001');
    await app.say('yes');
    expect(await tickets()).toMatchObject([{ number: 'T-2026-00001', status: 'reopened' }]);
  });

  it('who has said STOP is asked nothing afterwards [M133]', async () => {
    await app.say(complaint);
    const [ticket] = await tickets();
    await app.say('STOP');
    await app.bus.command(resolveTicket, { ticketId: ticket!.id, solution: 'Done.' }, priya);
    await app.idle();
    const before = app.sent.length;
    await later('2026-03-12T06:05:00Z');
    expect(app.sent.slice(before).filter(({ to }) => to === '+919812345678')).toEqual([]);
  });

  it('a quotation is asked for: the enquiry is marked, with the quantity, and its assignee has a task [M23]', async () => {
    const sent = await app.say('Please send me a quotation for RSoft CRM for 25 users', { name: 'Asha Rao' });
    expect(all(sent)).toContain('RSoft CRM, 25 users');
    const { items } = await app.bus.query(listEnquiries, { request: 'quotation' }, meera);
    expect(items).toMatchObject([{ product: 'RSoft CRM', quantity: '25 users', verdict: 'new' }]);
    const followUps = await app.bus.query(listFollowUps, { leadId: items[0]!.leadId! }, priya);
    expect(followUps.items).toMatchObject([{ note: 'Prepare a quotation: RSoft CRM, 25 users' }]);
  });

  it('an appointment that a colleague booked is cancelled by its client, and by no stranger [M65]', async () => {
    await app.say('Hi, I need a CRM', { name: 'Asha Rao' });
    const [lead] = (await app.bus.query(listLeads, {}, priya)).items;
    const startsAt = '2026-03-13T09:30:00Z';
    await app.bus.command(bookAppointment, { leadId: lead!.id, startsAt }, priya);
    await app.idle();

    await app.say("I'm Asha Rao, 98123 45678. please cancel my appointment", web);
    const status = async () =>
      (await app.bus.query(listAppointments, { leadId: lead!.id }, priya)).items[0]!.status;
    expect(await status()).toBe('booked');

    expect(all(await app.say('please cancel my appointment'))).toContain(
      'Friday, 13 March 2026, 3:00 PM IST',
    );
    await app.say('yes');
    expect(await status()).toBe('cancelled');
  });

  it('who wants to be called has a colleague with that on the list, even at night', async () => {
    app.clock.set(new Date('2026-03-11T17:00:00Z'));
    const sent = await app.say('please call me', { name: 'Asha Rao' });
    expect(all(sent)).toContain('9:30 AM IST');
    const { items } = await app.bus.query(listFollowUps, {}, priya);
    expect(items).toMatchObject([
      { note: 'Asks to be called: please call me', at: '2026-03-12T04:30:00.000Z' },
    ]);
  });

  it('a dealer’s application is an enquiry of its own kind with a task [M73]', async () => {
    await app.say('I want to become a dealer', { name: 'Suresh Patil' });
    await app.say('Patil Traders');
    await app.say('Pune');
    await app.say('We sell billing machines to shops');
    const { items } = await app.bus.query(listEnquiries, { request: 'dealership' }, meera);
    expect(items).toMatchObject([{ name: 'Suresh Patil', city: 'Pune' }]);
    const followUps = await app.bus.query(listFollowUps, { leadId: items[0]!.leadId! }, priya);
    expect(followUps.items[0]!.note).toContain('Patil Traders, Pune. We sell billing machines to shops');
  });

  it('who fills in a form is written to at once where we know them, and books a demo there [M3] [M10]', async () => {
    await app.say(complaint, { name: 'Ravi Kumar' });
    const before = app.sent.length;
    await app.bus.command(
      recordEnquiry,
      { name: 'Ravi Kumar', phone: '98123 45678', product: 'RSoft ERP', source: 'Facebook', medium: 'form' },
      asSystem,
    );
    await app.idle();
    const sent = app.sent.slice(before).filter(({ to }) => to === '+919812345678');
    expect(all(sent)).toContain('Thank you for your interest in RSoft ERP');
    await app.say('yes, a demo tomorrow at 5 pm please');
    await app.say('yes');
    const [lead] = (await app.bus.query(listLeads, {}, asSystem)).items;
    expect(lead).toMatchObject({
      product: 'RSoft ERP',
      source: 'Facebook',
      demoAt: '2026-03-12T11:30:00.000Z',
    });
    expect((await app.bus.query(listLeads, {}, asSystem)).total).toBe(1);
  });

  it('a lead that fell silent is written to and comes back to the active pipeline [M17]', async () => {
    await app.say('Hi, I need a CRM', { name: 'Asha Rao' });
    const [lead] = (await app.bus.query(listLeads, {}, priya)).items;
    // The question of that day is given up first.
    await later('2026-03-12T06:00:00Z');
    await later('2026-03-16T06:00:00Z');
    const before = app.sent.length;
    app.clock.set(new Date('2026-06-20T05:00:00Z'));
    await expect(app.bus.command(reengageSilent, {}, priya)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
    const { written } = await app.bus.command(reengageSilent, {}, meera);
    await app.idle();
    expect(written).toBe(1);
    const sent = app.sent.slice(before).filter(({ to }) => to === '+919812345678');
    expect(sent).toHaveLength(1);
    expect(all(sent)).toContain('Some time ago you asked us about RSoft CRM.');
    expect((await app.bus.command(reengageSilent, {}, meera)).written).toBe(0);

    await app.say('yes');
    expect(await app.bus.query(getLead, { leadId: lead!.id }, priya)).toMatchObject({ verdict: 'reengaged' });
  });
});
