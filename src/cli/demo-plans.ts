/** What stands before the demo's team from today on: tasks, reminders, demos, so that the calendar has something to show. */
import type { App } from '../app.ts';
import { systemActor } from '../core/actor.ts';
import type { Caller } from '../core/bus.ts';
import type { Clock } from '../core/clock.ts';
import { addMinutes } from '../core/zone.ts';
import { bookAppointment, checkSlot } from '../domain/appointments/contract.ts';
import { listLeads } from '../domain/leads/contract.ts';
import { setReminder } from '../domain/reminders/contract.ts';
import { finishTask, giveTask, startTask } from '../domain/tasks/contract.ts';

const asProduct: Caller = { actor: systemActor('demo'), surface: 'cli' };

type Colleague = Caller & { id: string };
const hour = 60;
const day = 24 * hour;
const tasks = [
  {
    title: 'Send the revised quotation',
    note: 'With the discount for 20 users',
    due: 4 * hour,
    priority: 'high',
  },
  { title: 'Ask for the purchase order', due: day, priority: 'normal' },
  { title: 'Collect the GST number', due: 2 * day, priority: 'low' },
] as const;

export async function planAhead(
  app: App,
  clock: Clock,
  manager: Colleague,
  callers: Colleague[],
): Promise<void> {
  const inMinutes = (minutes: number) => addMinutes(clock.now(), minutes).toISOString();
  for (const [at, caller] of callers.entries()) {
    const { items: leads } = await app.bus.query(listLeads, { view: 'all', limit: 10 }, caller);
    const open = leads.filter(({ stageKind }) => stageKind === 'open');
    const given: string[] = [];
    for (const [n, { due, ...task }] of tasks.entries()) {
      const leadId = open[n]?.id;
      const input = {
        ...task,
        assigneeId: caller.id,
        dueAt: inMinutes(due + at * hour),
        ...(leadId && { leadId }),
      };
      given.push((await app.bus.command(giveTask, input, manager)).task.id);
    }
    await app.bus.command(startTask, { taskId: given[1]! }, caller);
    if (at === 0)
      await app.bus.command(finishTask, { taskId: given[2]!, report: 'They sent it by mail.' }, caller);
    const lead = open.at(-1);
    if (!lead) continue;
    const wanted = { at: inMinutes(day + at * 2 * hour), leadId: lead.id, assigneeId: caller.id };
    const { open: isOpen, suggestions } = await app.bus.query(checkSlot, wanted, asProduct);
    const startsAt = isOpen ? wanted.at : suggestions[0];
    if (startsAt) await app.bus.command(bookAppointment, { leadId: lead.id, startsAt }, caller);
  }
  const review = { title: 'Go through the open proposals together', dueAt: inMinutes(day), minutes: 45 };
  await app.bus.command(giveTask, { ...review, repeats: 'weekly' }, manager);
  await app.bus.command(
    setReminder,
    { text: 'Send the month’s numbers to the directors', at: inMinutes(3 * day), repeats: 'monthly' },
    manager,
  );
  await app.idle();
}
