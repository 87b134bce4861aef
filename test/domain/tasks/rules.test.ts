import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { moveLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications, previewRule, updateRule } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { giveTask, listTaskRules, listTasks, saveTaskRules } from '../../../src/domain/tasks/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('a rule of the organisation', () => {
  let crm: Sales;
  let admin: Person;
  let priya: Person;
  let meera: Person;
  beforeEach(async () => {
    crm = await sales();
    admin = await crm.user('Anil', 'administrator');
    meera = await crm.user('Meera', 'manager');
    priya = await crm.user('Priya', 'tele-caller', { managerId: meera.id });
  });
  afterEach(() => crm.dispose());
  const rule = (more: object) => ({
    key: 'r',
    label: 'Welcome call',
    on: 'lead.assigned' as const,
    title: 'Call {name}',
    ...more,
  });
  const tasks = async (who: Person) =>
    (await crm.bus.query(listTasks, {}, who)).items.map(({ title, note, dueAt, initiator, priority }) => ({
      title,
      note,
      dueAt,
      by: initiator.name,
      priority,
    }));

  it('gives the caller a task with a message made of the lead when it is allocated [M19] [M82]', async () => {
    const title = 'Call {name} ({lead}), {phone}';
    const note = '{product} from {source}.';
    await crm.bus.command(
      saveTaskRules,
      { rules: [rule({ title, note, dueMinutes: 60, priority: 'high' })] },
      admin,
    );
    await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345', product: 'RSoft CRM' });
    expect(await tasks(priya)).toEqual([
      {
        title: 'Call Ravi Kumar (#1), +919845012345',
        note: 'RSoft CRM from Website.',
        // 10:30 in the office and an hour.
        dueAt: '2026-03-11T06:00:00.000Z',
        by: 'Welcome call',
        priority: 'high',
      },
    ]);
  });

  it('counts office time: what comes at night is due in the morning [M82]', async () => {
    await crm.bus.command(saveTaskRules, { rules: [rule({ dueMinutes: 30 })] }, admin);
    // Saturday 20:00; the office opens on Monday at 9:30.
    crm.clock.set('2026-03-14T14:30:00Z');
    await crm.enquire({ name: 'Ravi', phone: '9845012345' });
    expect((await tasks(priya))[0]!.dueAt).toBe('2026-03-16T04:30:00.000Z');
  });

  it('looks at source and product, and can give it to the manager or somebody named [M82]', async () => {
    const rules = [
      rule({ key: 'a', when: { source: ['facebook'] }, title: 'Facebook {lead}' }),
      rule({ key: 'b', when: { source: ['website'] }, title: 'Website {lead}', to: 'manager' as const }),
      rule({ key: 'c', title: 'Anything {lead}', to: { userId: admin.id } }),
      rule({ key: 'd', enabled: false, title: 'Off' }),
    ];
    await crm.bus.command(saveTaskRules, { rules }, admin);
    await crm.enquire({ name: 'Ravi', phone: '9845012345' });
    const of = async (who: Person) =>
      (await crm.bus.query(listTasks, { view: 'mine' }, who)).items.map(({ title }) => title);
    expect([await of(priya), await of(meera), await of(admin)]).toEqual([
      [],
      ['Website #1'],
      ['Anything #1'],
    ]);
  });

  it('follows a lost lead [M45] [M82]', async () => {
    await crm.bus.command(
      saveTaskRules,
      { rules: [rule({ on: 'lead.lost' as const, to: 'manager' as const, title: 'Why {name}? {reason}' })] },
      admin,
    );
    const { leadId } = await crm.enquire({ name: 'Ravi', phone: '9845012345' });
    const lost = crm.config.pipelines[0]!.stages.find(({ kind }) => kind === 'lost')!.key;
    const reason = crm.config.pipelines[0]!.lostReasons[0]!;
    await crm.bus.command(
      moveLead,
      { leadId: leadId!, stage: lost, lostReason: reason.key } as never,
      asSystem,
    );
    await crm.settle();
    expect((await tasks(meera)).map(({ title }) => title)).toEqual([`Why Ravi? ${reason.label}`]);
  });

  it('is refused with an unknown field, an unknown colleague or over somebody else’s change, and can be undone [M50] [M67]', async () => {
    const save = (rules: object[], expected?: number) =>
      crm.bus.command(
        saveTaskRules,
        { rules: rules as never, ...(expected !== undefined && { expected }) },
        admin,
      );
    await expect(save([rule({ title: 'Call {nmae}' })])).rejects.toMatchObject({
      code: 'notification.unknown_field',
    });
    await expect(save([rule({ to: { userId: 'nobody' } })])).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await expect(save([rule({}), rule({})])).rejects.toMatchObject({ code: 'input.invalid' });
    await save([rule({})], 0);
    await expect(save([], 0)).rejects.toMatchObject({ code: 'record.conflict' });
    await crm.bus.command(undoLast, {}, admin);
    const now = await crm.bus.query(listTaskRules, {}, admin);
    expect(now.rules.map(({ key, enabled }) => [key, enabled])).toEqual([
      ['first-call', false],
      ['proposal', false],
      ['post-mortem', false],
    ]);
    await expect(crm.bus.command(saveTaskRules, { rules: [] }, priya)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });

  it('does not tell the number to a role from which phones are hidden, in the task or its notice [M82]', async () => {
    crm.config.roles['tele-caller']!.fields = { Lead: { phone: 'hidden' } };
    await crm.bus.command(saveTaskRules, { rules: [rule({ note: 'Ring {phone}' })] }, admin);
    // The second is no number that could be recognised in a text; it stands in none.
    for (const phone of ['9845012345', 'ext. 4521']) await crm.enquire({ name: 'Ravi', phone });
    const notes = async (who: Person) => (await tasks(who)).map(({ note }) => note).sort();
    expect(await notes(priya)).toEqual(['Ring —', 'Ring •••']);
    expect(await notes(admin)).toEqual(['Ring +919845012345', 'Ring —']);
    const { items } = await crm.bus.query(listNotifications, {}, priya);
    const told = items.filter((notice) => notice.rule === 'task-given').map(({ text }) => text);
    expect(told).toHaveLength(2);
    expect(told.join()).not.toMatch(/98450|4521/);
  });

  it('and tasks given by hand are told as the notices of tasks are set: words, switch, ways [M50] [M81]', async () => {
    const give = (title: string) => crm.bus.command(giveTask, { title, assigneeId: priya.id }, meera);
    const set = (change: object) =>
      crm.bus.command(updateRule, { key: 'task-given', ...change } as never, admin);
    const told = async () =>
      (await crm.bus.query(listNotifications, {}, priya)).items
        .filter((notice) => notice.rule === 'task-given')
        .map(({ text }) => text);
    await set({ text: { en: '{subject} ({task}) for you, from {from}' } });
    await give('Call the bank');
    await set({ enabled: false });
    await give('Call nobody');
    expect(await told()).toEqual(['Call the bank (T1) for you, from Meera']);
    await expect(set({ text: { en: '{phone}' } })).rejects.toMatchObject({
      code: 'notification.unknown_field',
    });
    const { previews, record } = await crm.bus.query(previewRule, { key: 'task-given' }, admin);
    expect([record, previews[0]?.text]).toEqual(['T2 Call nobody', 'Call nobody (T2) for you, from Meera']);
  });
});
