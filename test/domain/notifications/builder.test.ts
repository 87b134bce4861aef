/** The Dynamic Message Builder and the ways of a rule, as an administrator meets them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookAppointment, confirmAppointment } from '../../../src/domain/appointments/contract.ts';
import {
  listDeliveries,
  listNotifications,
  listRules,
  previewRule,
  revertRule,
  updateRule,
} from '../../../src/domain/notifications/contract.ts';
import { openTicket } from '../../../src/domain/tickets/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('the message builder', () => {
  let crm: Sales;
  let admin: Person;
  let manager: Person;
  let priya: Person;
  let leadId: string;
  beforeAll(async () => {
    crm = await sales({
      change: (config) => {
        for (const channel of ['email', 'sms'])
          config.accounts = [
            ...config.accounts.filter((account) => account.channel !== channel),
            { id: 'main', channel, settings: {}, missing: [] },
          ];
      },
    });
    admin = await crm.user('Anil Das', 'administrator');
    manager = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller');
    await crm.linkSlack(manager, 'U-MEERA');
    leadId = (await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345', product: 'RSoft CRM' })).leadId!;
  });
  afterAll(() => crm.dispose());
  const refusal = (input: object) =>
    crm.bus.command(updateRule, input as never, admin).then(
      () => undefined,
      (error: { code: string; message: string }) => error,
    );
  const rule = async (key: string) =>
    (await crm.bus.query(listRules, {}, admin)).items.find((one) => one.key === key)!;

  it.each([
    ['lead-new', '{nmae}', '{name}'],
    ['demo-confirmed', '{Date}', '{date}'],
    ['ticket-new', '{tiket}', '{ticket}'],
    ['lead-new', '{sorce}', '{source}'],
  ])(
    'refuses what is no field of %s’s record and proposes the nearest: %s → %s [M50]',
    async (key, wrong, meant) => {
      expect(await refusal({ key, text: { en: `Hello ${wrong}` } })).toMatchObject({
        code: 'notification.unknown_field',
        message: expect.stringContaining(`There is no field ${wrong} in messages. Did you mean ${meant}?`),
      });
    },
  );

  it('refuses a field that another kind of record has [M50]', async () => {
    // A lead has no ticket, and a ticket no product.
    expect(await refusal({ key: 'lead-new', text: { en: '{ticket}' } })).toMatchObject({
      code: 'notification.unknown_field',
    });
    expect(await refusal({ key: 'ticket-new', text: { en: '{product}' } })).toMatchObject({
      code: 'notification.unknown_field',
    });
    const { fieldsOf } = await crm.bus.query(listRules, {}, admin);
    expect(fieldsOf.ticket).toContain('ticket');
    expect(fieldsOf.appointment).toContain('date');
    expect(fieldsOf.lead).not.toContain('date');
  });

  it('shows a ticket’s notice with a real ticket, to the client and to colleagues [M50] [M120]', async () => {
    const { ticket } = await crm.bus.command(
      openTicket,
      {
        subject: 'No dial tone',
        description: 'Since this morning.',
        phone: '9845012345',
        name: 'Ravi Kumar',
      } as never,
      admin,
    );
    const { previews, record } = await crm.bus.query(
      previewRule,
      { key: 'ticket-new', recordId: ticket.id },
      admin,
    );
    expect(record).toBe(`${ticket.number} No dial tone`);
    expect(previews.find(({ to }) => to === 'caller')!.text).toBe(
      `New ticket ${ticket.number} from Ravi Kumar: No dial tone`,
    );
    expect(previews.find(({ to }) => to === 'client')!.text).toContain(`Your ticket is ${ticket.number}`);
  });

  it('shows no record that the asking person may not see', async () => {
    await expect(
      crm.bus.query(previewRule, { key: 'lead-new', recordId: 'nobody' }, admin),
    ).rejects.toMatchObject({ code: 'record.not_found' });
    await expect(crm.bus.query(previewRule, { key: 'lead-new' }, priya)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });

  it('says what is too long for SMS, with the client’s own words filled in', async () => {
    const text = `{name}: ${'a'.repeat(155)}`;
    const { previews } = await crm.bus.query(
      previewRule,
      { key: 'demo-confirmed', text, whose: 'client', recordId: leadId },
      admin,
    );
    // Ravi Kumar: and a blank are 12 characters.
    expect(previews.map(({ to, fits }) => [to, fits[0]!.says])).toEqual([
      ['client', 'SMS: 2 parts (167 characters)'],
    ]);
  });

  it('does not write over what a colleague changed meanwhile', async () => {
    const { version } = await rule('lead-lost');
    await crm.bus.command(updateRule, { key: 'lead-lost', version, urgent: true }, admin);
    expect(await refusal({ key: 'lead-lost', version, enabled: false })).toMatchObject({
      code: 'record.conflict',
    });
    expect(await rule('lead-lost')).toMatchObject({ urgent: true, enabled: true });
  });

  it('has a text for each language; an emptied one is taken away, the last one is not [M50]', async () => {
    await crm.bus.command(updateRule, { key: 'lead-lost', text: { hi: '' } }, admin);
    expect(Object.keys((await rule('lead-lost')).text)).toEqual(['en']);
    expect(await refusal({ key: 'lead-lost', text: { en: ' ' } })).toMatchObject({ code: 'input.invalid' });
  });

  it('tells each by the ways that are chosen, and no other [M50]', async () => {
    await crm.bus.command(
      updateRule,
      { key: 'demo-confirmed', channels: { manager: ['email'], client: ['conversation', 'sms'] } },
      admin,
    );
    const { appointmentId } = await crm.bus.command(
      bookAppointment,
      { leadId, startsAt: '2026-03-12T16:00:00+05:30' },
      asSystem,
    );
    await crm.settle();
    const before = (await crm.sent()).length;
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    await crm.settle();
    const text = 'Thank you for confirming the demo with RSoft ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM';
    const sent = (await crm.sent()).slice(before);
    expect(sent.map(({ channel, to }) => [channel, to])).toEqual([
      ['email', 'u2@example.com'],
      ['sms', '+919845012345'],
    ]);
    expect(sent[0]!.text).toContain(text);
    expect(sent[1]!.text).toBe(text);
    // What is not wanted in the application is in its list, and calls nobody.
    const [notice] = (await crm.bus.query(listNotifications, {}, manager)).items;
    expect(notice).toMatchObject({ rule: 'demo-confirmed', read: true, popup: false });
    const { items } = await crm.bus.query(listDeliveries, { rule: 'demo-confirmed' }, admin);
    expect(items.map(({ channel, to, state }) => [channel, to.name, state]).sort()).toEqual([
      ['email', 'Meera Iyer', 'waiting'],
      ['sms', 'Ravi Kumar', 'waiting'],
    ]);
    await crm.bus.command(revertRule, { key: 'demo-confirmed', version: 0 }, admin);
  });

  it('refuses a way that does not lead to the recipient', async () => {
    expect(await refusal({ key: 'lead-new', channels: { caller: ['conversation'] } })).toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining('cannot be reached by conversation'),
    });
  });
});
