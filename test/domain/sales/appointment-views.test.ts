import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  appointmentViews,
  bookAppointment,
  completeAppointment,
  confirmAppointment,
  listAppointments,
} from '../../../src/domain/appointments/contract.ts';
import { assignLead } from '../../../src/domain/leads/contract.ts';
import { type Person, type Sales, sales } from './harness.ts';

let crm: Sales;
let meera: Person;
let asha: Person;
let ravi: Person;
beforeEach(async () => {
  crm = await sales({ now: '2026-02-25T05:00:00Z' });
  meera = await crm.user('Meera', 'manager');
  asha = await crm.user('Asha', 'tele-caller');
  ravi = await crm.user('Ravi', 'tele-caller');
});
afterEach(() => crm.dispose());

async function demo(
  n: number,
  owner: Person,
  startsAt: string,
  then: ('confirm' | 'complete')[],
): Promise<void> {
  const { leadId } = await crm.enquire({ phone: `984500000${n}` });
  await crm.bus.command(assignLead, { leadId: leadId!, assigneeId: owner.id }, meera);
  const { appointmentId } = await crm.bus.command(bookAppointment, { leadId: leadId!, startsAt }, owner);
  if (then.includes('confirm')) await crm.bus.command(confirmAppointment, { appointmentId }, owner);
  if (then.includes('complete')) {
    crm.clock.set(new Date(new Date(startsAt).getTime() + 3_600_000));
    await crm.bus.command(completeAppointment, { appointmentId }, owner);
  }
}

it('counts appointments as the dashboard names them, each reader their own, and opens the list behind [M56] [M61]', async () => {
  await demo(1, asha, '2026-02-26T06:00:00Z', ['complete']);
  crm.clock.set(new Date('2026-03-10T04:30:00Z'));
  await demo(2, asha, '2026-03-10T06:00:00Z', ['confirm', 'complete']);
  await demo(3, ravi, '2026-03-10T11:00:00Z', ['confirm']);
  await demo(4, ravi, '2026-03-12T06:00:00Z', ['confirm']);
  const counts = async (who: Person) =>
    Object.fromEntries(
      (await crm.bus.query(appointmentViews, {}, who)).items.map(({ label, count }) => [label, count]),
    );
  expect(await counts(meera)).toEqual({
    'Total Number of Appointment': 4,
    'This month Demo Completed': 1,
    'Previous Month Demo Completed': 1,
    'Today Demo Confirmed': 1,
    'Total Demo Completed': 2,
  });
  expect(await counts(ravi)).toEqual({
    'Total Number of Appointment': 2,
    'This month Demo Completed': 0,
    'Previous Month Demo Completed': 0,
    'Today Demo Confirmed': 1,
    'Total Demo Completed': 0,
  });
  for (const { view, count } of (await crm.bus.query(appointmentViews, {}, meera)).items)
    expect((await crm.bus.query(listAppointments, { view }, meera)).total).toBe(count);
});
