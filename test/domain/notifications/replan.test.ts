/** A setting that is changed holds at once, for what was planned before as well. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setFollowUp } from '../../../src/domain/activities/contract.ts';
import { bookAppointment } from '../../../src/domain/appointments/contract.ts';
import { listNotifications, revertRule, updateRule } from '../../../src/domain/notifications/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('a changed lead-time', () => {
  let crm: Sales;
  let admin: Person;
  let priya: Person;
  beforeEach(async () => {
    crm = await sales();
    admin = await crm.user('Anil Das', 'administrator');
    priya = await crm.user('Priya Shah', 'tele-caller');
  });
  afterEach(() => crm.dispose());

  const enquire = async () => (await crm.enquire({ phone: '9845012345', name: 'Ravi Kumar' })).leadId!;
  const demo = async () => {
    const leadId = await enquire();
    await crm.bus.command(bookAppointment, { leadId, startsAt: '2026-03-12T16:00:00+05:30' }, asSystem);
    await crm.settle();
  };
  const times = async (rule: string) =>
    (await crm.bus.query(listNotifications, { limit: 100 }, priya)).items
      .filter((item) => item.rule === rule)
      .map(({ at }) => at)
      .sort();
  const change = async (input: Parameters<typeof crm.bus.command<typeof updateRule.input, any>>[1]) => {
    await crm.bus.command(updateRule, input, admin);
    await crm.settle();
  };

  it('of the day’s and the hour’s reminder holds for demos that are booked already [M48] [M49] [M50]', async () => {
    await demo();
    await change({ key: 'appointment-day', at: '08:15' });
    await change({ key: 'appointment-hour', leadMinutes: [30] });
    await crm.until('2026-03-12T18:00:00+05:30');
    expect(await times('appointment-day')).toEqual(['2026-03-12T02:45:00.000Z']);
    expect(await times('appointment-hour')).toEqual(['2026-03-12T10:00:00.000Z']);
  });

  it('reminds nobody twice who was reminded already [M48] [M49]', async () => {
    await demo();
    await crm.until('2026-03-12T15:10:00+05:30');
    await change({ key: 'appointment-day', at: '15:30' });
    await change({ key: 'appointment-hour', leadMinutes: [30] });
    await crm.until('2026-03-12T18:00:00+05:30');
    expect(await times('appointment-day')).toEqual(['2026-03-12T01:30:00.000Z']);
    expect(await times('appointment-hour')).toEqual(['2026-03-12T09:30:00.000Z']);
  });

  it('taken back, the shipped times hold again', async () => {
    await demo();
    await change({ key: 'appointment-hour', leadMinutes: [30, 10] });
    await crm.bus.command(revertRule, { key: 'appointment-hour', version: 0 }, admin);
    await crm.until('2026-03-12T18:00:00+05:30');
    expect(await times('appointment-hour')).toEqual(['2026-03-12T09:30:00.000Z']);
  });

  it('of follow-ups holds for those that go by the rule, not for one with times of its own [M44]', async () => {
    const leadId = await enquire();
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-12T16:00:00+05:30' }, priya);
    await change({ key: 'follow-up', leadMinutes: [45] });
    await crm.until('2026-03-12T16:00:00+05:30');
    expect(await times('follow-up')).toEqual(['2026-03-12T09:45:00.000Z']);
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-13T16:00:00+05:30', remind: [20] }, priya);
    await change({ key: 'follow-up', leadMinutes: [50] });
    await crm.until('2026-03-13T16:00:00+05:30');
    expect(await times('follow-up')).toEqual(['2026-03-12T09:45:00.000Z', '2026-03-13T10:10:00.000Z']);
  });

  it('of leads that nobody has called holds for those that wait [M43]', async () => {
    await enquire();
    await change({ key: 'lead-not-attempted', leadMinutes: [45, 90] });
    await crm.until('2026-03-11T14:00:00+05:30');
    // They came at 10:30.
    expect(await times('lead-not-attempted')).toEqual([
      '2026-03-11T05:45:00.000Z',
      '2026-03-11T06:30:00.000Z',
    ]);
  });
});
