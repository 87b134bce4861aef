import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bookAppointment, confirmAppointment } from '../../../src/domain/appointments/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { type Person, type Sales, sales } from './harness.ts';

describe('reminders of a demo after an outage', () => {
  let crm: Sales;
  let priya: Person;
  beforeEach(async () => {
    crm = await sales();
    priya = await crm.user('Priya Shah', 'tele-caller');
    const { leadId } = await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345' });
    const startsAt = '2026-03-12T16:00:00+05:30';
    const { appointmentId } = await crm.bus.command(bookAppointment, { leadId: leadId!, startsAt }, priya);
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
  });
  afterEach(() => crm.dispose());

  /** The clock jumps, as it does for a server that was off meanwhile. */
  const backAt = async (moment: string) => {
    crm.clock.set(new Date(moment));
    await crm.settle();
  };
  const reminders = async () =>
    (await crm.bus.query(listNotifications, {}, priya)).items.filter(({ rule }) =>
      rule.startsWith('appointment-'),
    );

  it('come late while the demo is still to be [M48] [M49]', async () => {
    await backAt('2026-03-12T15:30:00+05:30');
    expect((await reminders()).map(({ rule }) => rule).sort()).toEqual([
      'appointment-day',
      'appointment-hour',
    ]);
  });

  it('do not come when the demo is over [M48] [M49]', async () => {
    await backAt('2026-03-12T20:00:00+05:30');
    expect(await reminders()).toEqual([]);
  });
});
