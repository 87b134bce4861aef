import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { getLead, mergeLead, unmergeLead } from '../../../src/domain/leads/contract.ts';
import { listReminders, setReminder } from '../../../src/domain/reminders/contract.ts';
import { getTask, giveTask, listTasks, taskViewNames } from '../../../src/domain/tasks/contract.ts';
import { type TaskDocument, TaskModel } from '../../../src/domain/tasks/model.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

type Asked = { filter: object; sort: Record<string, 1 | -1>; limit: number };

describe('tasks, however many there are', () => {
  let crm: Sales;
  let people: Record<string, Person>;
  beforeAll(async () => {
    crm = await sales();
    people = {
      administrator: await crm.user('Anil', 'administrator'),
      caller: await crm.user('Priya', 'tele-caller'),
    };
    const now = crm.clock.now().getTime();
    const tasks = Array.from({ length: 400 }, (_, i): TaskDocument => {
      const assigneeId = i % 2 ? people.caller!.id : 'somebody';
      const initiatorId = i % 2 ? 'somebody' : people.caller!.id;
      return {
        _id: `task-${String(i).padStart(4, '0')}`,
        number: 1000 + i,
        title: `Task ${i}`,
        status: i % 4 > 1 ? 'done' : 'open',
        active: i % 4 <= 1,
        priority: 'normal',
        rank: 3,
        assigneeId,
        initiatorId,
        initiatorName: 'Somebody',
        watcherIds: i % 3 ? [] : [people.caller!.id],
        partyIds: [assigneeId, initiatorId],
        teamIds: [],
        dueAt: new Date(now + (i - 200) * 3_600_000),
        remind: [0],
        createdAt: new Date(now),
        updatedAt: new Date(now),
        search: ['task', String(i)],
      };
    });
    await TaskModel.insertMany(tasks);
  }, 60_000);
  afterAll(() => crm.dispose());

  /** The list's own query, as it reached the database. */
  async function asked(input: object, person: Person): Promise<Asked> {
    const seen: Asked[] = [];
    mongoose.set('debug', (collection, method, filter, options) => {
      if (collection === 'tasks' && method === 'find' && options.sort)
        seen.push({ filter, sort: options.sort, limit: options.limit });
    });
    await crm.bus.query(listTasks, { limit: 10, ...input }, person);
    mongoose.set('debug', false);
    return seen[0]!;
  }
  const week = { from: '2026-03-09T00:00:00Z', to: '2026-03-16T00:00:00Z' };
  const lists: [string, object][] = [
    ...taskViewNames.map((view): [string, object] => [view, { view }]),
    ['of a week', week],
    ['of one person in a week', { ...week, assigneeId: 'somebody' }],
  ];

  it.each(
    lists.flatMap(([name, input]) => ['administrator', 'caller'].map((who) => [name, who, input] as const)),
  )('%s, for a %s: read from an index [M81]', async (view, who, input) => {
    const { filter, sort, limit } = await asked(input, people[who]!);
    const { queryPlanner, executionStats }: any = await TaskModel.find(filter)
      .sort(sort)
      .limit(limit)
      .explain('executionStats');
    const plan = JSON.stringify(queryPlanner.winningPlan);
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
    // One person's tasks may be put in order once they are found; everybody's must come in it.
    if (who === 'caller' || view === 'watched') return;
    expect(plan).not.toContain('"stage":"SORT"');
    // Every second one is of somebody else, or closed.
    expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(4 * limit);
  });

  it('go along with a lead that is merged, and come back when that is undone [B9] [M16]', async () => {
    const priya = people.caller!;
    const leads = [];
    for (const [name, phone] of [
      ['Ravi Kumar', '9845012345'],
      ['Ravi K', '9845099999'],
    ]) {
      const { leadId } = await crm.enquire({ name, phone, assigneeId: priya.id });
      leads.push((await crm.bus.query(getLead, { leadId: leadId! }, asSystem)).id);
    }
    const [keep, merge] = leads as [string, string];
    const { task } = await crm.bus.command(giveTask, { title: 'Print the offer', leadId: merge }, priya);
    const at = '2026-03-12T09:00:00+05:30';
    await crm.bus.command(setReminder, { text: 'Call', at, leadId: merge }, priya);
    const about = async () => [
      (await crm.bus.query(getTask, { taskId: task.id }, priya)).about?.id,
      (await crm.bus.query(listReminders, {}, priya)).items[0]?.leadId,
    ];
    const { mergeId } = await crm.bus.command(mergeLead, { keep, merge }, asSystem);
    await crm.settle();
    expect(await about()).toEqual([keep, keep]);
    await crm.bus.command(unmergeLead, { mergeId }, asSystem);
    await crm.settle();
    expect(await about()).toEqual([merge, merge]);
  });
});
