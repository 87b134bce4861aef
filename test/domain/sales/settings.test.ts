import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bookAppointment, confirmAppointment } from '../../../src/domain/appointments/contract.ts';
import {
  listNotifications,
  listRules,
  previewRule,
  updateRule,
} from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from './harness.ts';

describe('settings of notices', () => {
  let crm: Sales;
  let admin: Person;
  let manager: Person;
  let priya: Person;
  let conversationId: string;
  beforeEach(async () => {
    crm = await sales();
    admin = await crm.user('Anil Das', 'administrator');
    manager = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller');
    await crm.linkSlack(priya, 'U-PRIYA');
    await crm.linkSlack(manager, 'U-MEERA');
    conversationId = await crm.conversation('919845012345', [{ scheme: 'phone', value: '+919845012345' }]);
  });
  afterEach(() => crm.dispose());

  const enquire = async (said: object = {}) =>
    (await crm.enquire({ conversationId, name: 'Ravi Kumar', product: 'RSoft CRM', ...said })).leadId!;
  const inbox = async (person: Person, rule?: string) =>
    (await crm.bus.query(listNotifications, { limit: 100 }, person)).items.filter(
      (item) => !rule || item.rule === rule,
    );
  const sentTo = async (to: string) =>
    (await crm.sent()).filter((message) => message.to === to).map(({ text }) => text);
  const client = () => sentTo('919845012345');
  const change = (
    input: Parameters<typeof crm.bus.command<typeof updateRule.input, typeof updateRule.output>>[1],
  ) => crm.bus.command(updateRule, input, admin);
  const demo = async (startsAt = '2026-03-12T16:00:00+05:30') => {
    const leadId = await enquire();
    const { appointmentId } = await crm.bus.command(bookAppointment, { leadId, startsAt }, asSystem);
    await crm.settle();
    return { leadId, appointmentId };
  };

  it('the administrator’s copy can be switched off, alone or with the rule [M40] [M41] [M50]', async () => {
    await change({ key: 'lead-new', to: { admin: false } });
    await enquire();
    expect([(await inbox(priya)).length, (await inbox(manager)).length, (await inbox(admin)).length]).toEqual(
      [1, 1, 0],
    );
    await change({ key: 'lead-duplicate', enabled: false });
    await enquire();
    expect((await inbox(priya)).length).toBe(1);
  });

  it('the words are the organisation’s to change, for each language, and take effect at once; undo returns them [M50]', async () => {
    await change({
      key: 'demo-confirmed',
      text: {
        en: 'See you, {name}, on {date} at {time}. {brand}',
        hi: '{name}, {date} को {time} बजे मिलते हैं।',
      },
    });
    const { appointmentId } = await demo();
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    await crm.settle();
    expect(await client()).toEqual(['See you, Ravi Kumar, on Thu, 12 Mar 2026 at 4:00 PM. RSoft']);
    await crm.bus.command(undoLast, {}, admin);
    const { items } = await crm.bus.query(listRules, {}, admin);
    expect(items.find(({ key }) => key === 'demo-confirmed')).toMatchObject({
      version: 2,
      text: { en: 'Thank you for confirming the demo with {brand} ON Date: {date} and Time: {time}' },
    });
  });

  it('a client who writes Hindi is told in Hindi where there are words for it [M50]', async () => {
    conversationId = await crm.conversation('919845012399', [{ scheme: 'phone', value: '+919845012399' }], {
      language: 'hi',
    });
    await change({ key: 'demo-confirmed', text: { hi: '{brand}: डेमो पक्का, {time}' } });
    const { appointmentId } = await demo();
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    await crm.settle();
    expect(await sentTo('919845012399')).toEqual(['RSoft: डेमो पक्का, 4:00 PM']);
  });

  it('a field that does not exist is refused by its name [M50]', async () => {
    await expect(change({ key: 'lead-new', text: { en: 'Hello {nmae}' } })).rejects.toMatchObject({
      code: 'notification.unknown_field',
      message: expect.stringContaining('There is no field {nmae} in messages.'),
    });
  });

  it('only an administrator changes the rules [M50] [M60]', async () => {
    for (const person of [manager, priya])
      await expect(
        crm.bus.command(updateRule, { key: 'lead-new', enabled: false }, person),
      ).rejects.toMatchObject({ code: 'auth.forbidden' });
  });

  it('the preview shows a real lead to each recipient, before anything is kept [M50]', async () => {
    await enquire();
    const { previews } = await crm.bus.query(
      previewRule,
      { key: 'lead-new', text: 'For {caller}: {name} wants {product}' },
      admin,
    );
    expect(previews).toEqual(
      ['caller', 'manager', 'admin'].map((to) =>
        expect.objectContaining({ to, text: 'For Priya Shah: Ravi Kumar wants RSoft CRM' }),
      ),
    );
  });

  it('lead-times are settings [M44] [M50]', async () => {
    await change({ key: 'appointment-day', at: '08:15' });
    await change({ key: 'appointment-hour', leadMinutes: [30] });
    await demo();
    await crm.until('2026-03-12T08:15:00+05:30');
    expect(await client()).toHaveLength(1);
    await crm.until('2026-03-12T15:29:00+05:30');
    expect(await client()).toHaveLength(1);
    await crm.until('2026-03-12T15:30:00+05:30');
    expect(await client()).toHaveLength(2);
  });
});
