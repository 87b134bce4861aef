import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import { getLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import {
  autoTask,
  cancelTask,
  commentTask,
  declineTask,
  finishTask,
  getTask,
  giveTask,
  listTasks,
  reopenTask,
  startTask,
  taskPeople,
  taskViews,
  updateTask,
} from '../../../src/domain/tasks/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('a task', () => {
  let crm: Sales;
  let meera: Person;
  let priya: Person;
  let arjun: Person;
  beforeEach(async () => {
    crm = await sales();
    meera = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller', { managerId: meera.id });
    arjun = await crm.user('Arjun Rao', 'tele-caller', { managerId: meera.id });
    meera = await crm.again(meera);
  });
  afterEach(() => crm.dispose());
  const give = async (as: Person, input: object) =>
    (await crm.bus.command(giveTask, { title: 'Call the bank', ...input }, as)).task;
  const titles = async (who: Person) =>
    (await crm.bus.query(listNotifications, {}, who)).items
      .filter(({ rule }) => /^task-/.test(rule))
      .map(({ title }) => title)
      .reverse();
  const list = async (as: Person, input: object = {}) =>
    (await crm.bus.query(listTasks, input, as)).items.map(({ number }) => number);

  it('goes from anyone to anyone; the assignee begins and reports, the initiator and who watches hear of it [M81]', async () => {
    const { id: taskId, number } = await give(priya, { assigneeId: meera.id, watcherIds: [arjun.id] });
    expect(number).toBe('T1');
    expect(await titles(meera)).toEqual(['New task: T1 Call the bank']);
    await crm.bus.command(startTask, { taskId }, meera);
    expect(await titles(priya)).toEqual(['Begun: T1 Call the bank']);
    await expect(crm.bus.command(finishTask, { taskId }, meera)).rejects.toMatchObject({
      code: 'task.report_required',
    });
    const { task } = await crm.bus.command(finishTask, { taskId, report: 'The loan is approved' }, meera);
    expect(task).toMatchObject({ status: 'done', statusLabel: 'Done', report: 'The loan is approved' });
    expect(await titles(priya)).toEqual(['Begun: T1 Call the bank', 'Done: T1 Call the bank']);
    expect(await titles(arjun)).toEqual(['You watch: T1 Call the bank', 'Done: T1 Call the bank']);
    const seen = await crm.bus.query(getTask, { taskId: 't1' }, arjun);
    expect(seen.entries.map(({ title, by, text }) => [title, by, text])).toEqual([
      ['Given', 'Priya Shah', undefined],
      ['Open → In progress', 'Meera Iyer', undefined],
      ['In progress → Done', 'Meera Iyer', 'The loan is approved'],
    ]);
  });

  it('is declined with a reason, given to somebody else, and given back when the report does not do [M81]', async () => {
    const { id: taskId } = await give(meera, { assigneeId: priya.id });
    await crm.bus.command(declineTask, { taskId, reason: 'On leave' }, priya);
    expect((await titles(meera)).at(-1)).toBe('Declined: T1 Call the bank');
    await crm.bus.command(reopenTask, { taskId }, meera);
    const { task } = await crm.bus.command(updateTask, { taskId, assigneeId: arjun.id }, meera);
    expect(task.assignee.name).toBe('Arjun Rao');
    expect(await titles(arjun)).toEqual(['New task: T1 Call the bank']);
    expect((await titles(priya)).at(-1)).toBe('No longer yours: T1 Call the bank');
    // Priya is no party any more.
    await expect(crm.bus.query(getTask, { taskId }, priya)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await crm.bus.command(finishTask, { taskId, report: 'Called' }, arjun);
    const back = await crm.bus.command(reopenTask, { taskId, reason: 'Whom did you speak to?' }, meera);
    expect(back.task).toMatchObject({ status: 'open', report: 'Called' });
    expect((await titles(arjun)).at(-1)).toBe('Given back: T1 Call the bank');
  });

  it('is done by whoever has it, changed by whoever gave it, and only spoken on by who watches [M81]', async () => {
    const { id: taskId } = await give(priya, { assigneeId: arjun.id, watcherIds: [meera.id] });
    const watcher = await crm.bus.query(getTask, { taskId }, meera);
    expect(watcher.may).toEqual(['comment']);
    await expect(crm.bus.command(finishTask, { taskId, report: 'x' }, meera)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
    await expect(crm.bus.command(updateTask, { taskId, title: 'Else' }, arjun)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
    await expect(crm.bus.command(startTask, { taskId }, priya)).rejects.toMatchObject({
      code: 'task.move_not_allowed',
    });
    await crm.bus.command(commentTask, { taskId, text: 'Ask for Mr Das' }, meera);
    expect((await titles(arjun)).at(-1)).toBe('Comment: T1 Call the bank');
    await crm.bus.command(cancelTask, { taskId }, priya);
    await expect(crm.bus.command(startTask, { taskId }, arjun)).rejects.toMatchObject({
      code: 'task.move_not_allowed',
      message: 'Task T1 is taken back; that cannot be done with it now.',
    });
  });

  it('is seen by those whom it concerns and their manager, by nobody else [M61] [M81]', async () => {
    const other = await crm.user('Nita', 'tele-caller');
    await give(priya, { title: 'Private note of mine' });
    expect(await list(meera)).toEqual(['T1']);
    expect(await list(arjun)).toEqual([]);
    expect(await list(other, { search: 'private' })).toEqual([]);
    await expect(crm.bus.query(getTask, { taskId: 'T1' }, other)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await expect(crm.bus.command(commentTask, { taskId: 'T1', text: 'x' }, other)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    expect((await crm.bus.query(taskPeople, {}, other)).items.map(({ name }) => name)).toEqual([
      'Arjun Rao',
      'Meera Iyer',
      'Nita',
      'Priya Shah',
    ]);
  });

  it('on a lead needs the right to that lead, and shows its name to nobody else [M61] [M80]', async () => {
    const { leadId } = await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345', assigneeId: priya.id });
    const lead = await crm.bus.query(getLead, { leadId: leadId! }, asSystem);
    const [owner, outsider] = lead.assigneeId === priya.id ? [priya, arjun] : [arjun, priya];
    await expect(give(outsider, { leadId })).rejects.toMatchObject({ code: 'record.not_found' });
    await give(owner, { leadId, assigneeId: outsider.id, title: 'Print the offer' });
    const mine = (await crm.bus.query(listTasks, { leadId }, owner)).items[0]!;
    expect(mine.about).toMatchObject({ label: '#1 Ravi Kumar', link: `/leads/${leadId}` });
    const theirs = (await crm.bus.query(listTasks, {}, outsider)).items[0]!;
    expect(JSON.stringify(theirs)).not.toContain('Ravi');
    const { items } = await crm.bus.query(contactTimeline, { contactId: lead.contactId }, owner);
    expect(items.map(({ title }) => title)).toContain('Task T1 given: Print the offer');
  });

  it('tells before and at its due time, once, and not when it is done [M81] [M83]', async () => {
    await give(meera, { assigneeId: priya.id, dueAt: '2026-03-12T16:00:00+05:30', remind: [60, 0] });
    const { id } = await give(meera, { assigneeId: arjun.id, dueAt: '2026-03-12T16:00:00+05:30' });
    await crm.bus.command(finishTask, { taskId: id, report: 'ok' }, arjun);
    await crm.until('2026-03-12T10:29:59Z');
    expect(await titles(priya)).toEqual([
      'New task: T1 Call the bank',
      'Task due in 1 hour: T1 Call the bank',
    ]);
    await crm.until('2026-03-13T10:30:00Z');
    expect((await titles(priya)).slice(2)).toEqual(['Task due now: T1 Call the bank']);
    expect(await titles(arjun)).toEqual(['New task: T2 Call the bank']);
    expect((await crm.bus.query(getTask, { taskId: 'T1' }, priya)).overdue).toBe(true);
  });

  it('comes again when its time has come, done or not, until the series is taken back [M81] [M83]', async () => {
    const { id } = await give(meera, {
      assigneeId: priya.id,
      title: 'Month end report',
      dueAt: '2026-03-31T17:00:00+05:30',
      repeats: 'monthly',
    });
    await crm.bus.command(finishTask, { taskId: id, report: 'Sent' }, priya);
    await crm.until('2026-04-30T11:31:00Z');
    const { items } = await crm.bus.query(listTasks, { view: 'all' }, priya);
    expect(
      items.map(({ number, dueAt, status, repeats }) => [number, dueAt, status, Boolean(repeats)]),
    ).toEqual([
      ['T3', '2026-05-31T11:30:00.000Z', 'open', true],
      ['T2', '2026-04-30T11:30:00.000Z', 'open', false],
      ['T1', '2026-03-31T11:30:00.000Z', 'done', false],
    ]);
    await crm.bus.command(cancelTask, { taskId: 'T3', series: true }, meera);
    await crm.until('2026-07-01T00:00:00Z');
    expect(await list(priya)).toEqual(['T3', 'T2', 'T1']);
  });

  it('is listed as mine, given, watched and overdue, with counts; those without a time come last [M58] [M81]', async () => {
    await give(priya, { title: 'Some day' });
    await give(priya, { title: 'Later', dueAt: '2026-03-13T10:00:00Z' });
    await give(priya, { title: 'Soon', dueAt: '2026-03-11T06:00:00Z' });
    await give(meera, { title: 'From above', assigneeId: priya.id, watcherIds: [arjun.id] });
    expect(await list(priya, { view: 'mine' })).toEqual(['T3', 'T2', 'T1', 'T4']);
    crm.clock.set('2026-03-11T07:00:00Z');
    const counts = async (who: Person) =>
      Object.fromEntries(
        (await crm.bus.query(taskViews, {}, who)).items.map(({ view, count }) => [view, count]),
      );
    expect(await counts(priya)).toEqual({ mine: 4, overdue: 1, given: 0, watched: 0, closed: 0, all: 4 });
    expect(await counts(arjun)).toEqual({ mine: 0, overdue: 0, given: 0, watched: 1, closed: 0, all: 1 });
    expect(await list(meera, { view: 'given' })).toEqual(['T4']);
    expect(await list(priya, { search: 'som' })).toEqual(['T1']);
    const first = await crm.bus.query(listTasks, { view: 'mine', limit: 1 }, priya);
    const pages = [first.items[0]!.number];
    for (let cursor = first.nextCursor; cursor; ) {
      const next = await crm.bus.query(listTasks, { view: 'mine', limit: 1, cursor }, priya);
      pages.push(...next.items.map(({ number }) => number));
      cursor = next.nextCursor;
    }
    expect(pages).toEqual(['T3', 'T2', 'T1', 'T4']);
  });

  it('can be undone: given, changed, done [M67]', async () => {
    const { id: taskId } = await give(meera, { assigneeId: priya.id, dueAt: '2026-03-12T10:00:00Z' });
    await crm.bus.command(updateTask, { taskId, dueAt: '2026-03-13T10:00:00Z', title: 'Other' }, meera);
    await crm.bus.command(undoLast, {}, meera);
    const task = await crm.bus.query(getTask, { taskId }, meera);
    expect([task.title, task.dueAt]).toEqual(['Call the bank', '2026-03-12T10:00:00.000Z']);
    await crm.bus.command(finishTask, { taskId, report: 'Oops' }, priya);
    await crm.bus.command(undoLast, {}, priya);
    expect((await crm.bus.query(getTask, { taskId }, priya)).status).toBe('open');
    await crm.bus.command(undoLast, {}, meera);
    expect((await crm.bus.query(getTask, { taskId }, meera)).status).toBe('cancelled');
  });

  it('is refused in the past, for somebody who is not here, and without a time if it is to come again', async () => {
    await expect(give(priya, { dueAt: '2026-03-11T04:59:00Z' })).rejects.toMatchObject({ code: 'time.past' });
    await expect(give(priya, { assigneeId: 'nobody' })).rejects.toMatchObject({ code: 'record.not_found' });
    await expect(give(priya, { repeats: 'daily' })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(
      give(priya, { repeats: 'FREQ=SECONDLY', dueAt: '2026-03-12T05:00:00Z' }),
    ).rejects.toMatchObject({
      code: 'input.invalid',
    });
    expect(await list(priya)).toEqual([]);
  });

  it('of one cause is given once [M82]', async () => {
    const auto = { title: 'Call back', assigneeId: priya.id, by: 'Missed call', key: 'missed:1' };
    const first = await crm.bus.command(autoTask, auto, asSystem);
    expect(await crm.bus.command(autoTask, auto, asSystem)).toEqual(first);
    expect(await list(priya)).toEqual(['T1']);
    // Nobody gave it: whoever has it closes it without a report.
    expect((await crm.bus.command(finishTask, { taskId: 'T1' }, priya)).task.status).toBe('done');
  });
});
