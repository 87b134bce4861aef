import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listReminders } from '../../../src/domain/reminders/contract.ts';
import { listTasks } from '../../../src/domain/tasks/contract.ts';
import { asha, meera, type Office, openOffice } from '../../staff-chat/office.ts';
import { asSystem } from '../../support/app.ts';

describe('tasks and reminders in Slack', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
    await office.link(asha, office.caller);
    await office.link(meera, office.manager);
  }, 60_000);
  afterAll(() => office.close());
  // Slack takes so many messages at once and then one a second.
  beforeEach(() => office.app.clock.advance(60_000));
  const tasks = async () => (await office.app.bus.query(listTasks, {}, asSystem)).items;

  it('a task is given in one line, told to its colleague, and reported on in one line [M6] [M81]', async () => {
    const given = await office.crm('task @asha call the bank due tomorrow 5pm', meera);
    expect(given).toContain('T1 call the bank');
    expect(given).toContain('Thu, 12 Mar 2026, 5:00 PM (Asia/Kolkata)');
    expect(
      office.emulator.slack
        .seen(asha)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('New task: T1 call the bank');
    expect(await office.crm('tasks')).toContain('T1 call the bank');
    // Without a report it is asked for.
    await office.crm('done T1');
    expect(JSON.stringify(office.emulator.slack.modal(asha)!.view)).toContain('What came of it');
    const told = await office.shown(meera, async () => {
      await office.crm('done T1 the loan is approved');
    });
    expect(told).toContain('Done: T1 call the bank');
    expect(told).toContain('Asha: the loan is approved');
    expect(await tasks()).toMatchObject([{ number: 'T1', status: 'done', report: 'the loan is approved' }]);
    expect(await office.crm('tasks')).toContain('No tasks here.');
  });

  it('one for oneself needs no name and no time; it is begun and done by its buttons [M6] [M81]', async () => {
    const lead = await office.lead();
    expect(await office.crm(`task #${lead.number} send the offer by courier`)).toContain(
      'T2 send the offer by courier',
    );
    expect((await tasks())[0]).toMatchObject({ assignee: { name: 'Asha' }, about: { id: lead.id } });
    expect(await office.press('Start')).toContain('In progress');
    expect(await office.press('Done')).toContain('Status');
    expect((await tasks())[0]).toMatchObject({ number: 'T2', status: 'done' });
  });

  it('is declined with its reason, and undone [M6] [M67] [M81]', async () => {
    await office.crm('task @asha count the chairs', meera);
    expect(await office.crm('decline T3 on leave this week')).toContain('Declined');
    expect((await tasks())[0]).toMatchObject({ status: 'declined', report: 'on leave this week' });
    expect(await office.crm('undo')).toContain('Undone: T3 declined.');
    expect((await tasks())[0]!.status).toBe('open');
  });

  it('a reminder is set in one line, said back, and comes at its time [M6] [M83]', async () => {
    expect(await office.crm('remind me tomorrow 5pm pay the rent')).toContain(
      'I remind you on Thu, 12 Mar 2026, 5:00 PM (Asia/Kolkata): pay the rent.',
    );
    expect(await office.crm('remind @asha every week Friday 11:30 send the week report', meera)).toContain(
      'I remind Asha on Fri, 13 Mar 2026, 11:30 AM (Asia/Kolkata): send the week report. Comes every week.',
    );
    expect(await office.crm('remind daily 9am open the shutters')).toContain('Thu, 12 Mar 2026, 9:00 AM');
    const { items } = await office.app.bus.query(listReminders, {}, office.caller);
    expect(items.map(({ text, repeats }) => [text, repeats])).toEqual([
      ['open the shutters', 'every day'],
      ['pay the rent', undefined],
      ['send the week report', 'every week'],
    ]);
    expect(await office.crm('reminders')).toContain('pay the rent');
    const told = await office.shown(asha, async () => {
      office.app.clock.set('2026-03-12T11:30:00Z');
      await office.app.idle();
    });
    expect(told).toContain('Reminder: pay the rent');
  });
});
