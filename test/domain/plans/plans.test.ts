import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listFollowUps } from '../../../src/domain/activities/contract.ts';
import { getLead, moveLead } from '../../../src/domain/leads/contract.ts';
import { type FollowUpPlan, listPlans, previewPlan, savePlans } from '../../../src/domain/plans/contract.ts';
import { dueOf } from '../../../src/domain/plans/due.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { listTasks } from '../../../src/domain/tasks/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('a follow-up plan', () => {
  let crm: Sales;
  let admin: Person;
  let meera: Person;
  let priya: Person;
  beforeEach(async () => {
    crm = await sales();
    admin = await crm.user('Admin', 'administrator');
    meera = await crm.user('Meera', 'manager');
    priya = await crm.user('Priya', 'tele-caller', { managerId: meera.id });
  });
  afterEach(() => crm.dispose());

  const plan = (more: Partial<FollowUpPlan>): FollowUpPlan => ({
    key: 'quiet',
    label: 'Leads that went quiet',
    enabled: true,
    of: 'open',
    when: {},
    from: 'lastActivity',
    after: { count: 14, unit: 'days' },
    daysAhead: 0,
    repeats: false,
    note: 'Ask {name} about {product}',
    to: 'caller',
    perDay: 50,
    ...more,
  });
  const save = (...plans: FollowUpPlan[]) => crm.bus.command(savePlans, { plans }, admin);
  const lead = async (name: string, more: object = {}) => {
    const phone = `98450${String(12_345 + name.charCodeAt(0) * 100 + name.length)}`;
    return (await crm.enquire({ name, phone, product: 'RSoft CRM', ...more })).leadId!;
  };
  const followUps = async (who = priya) =>
    (await crm.bus.query(listFollowUps, {}, who)).items.map(({ leadName, at, note }) => [leadName, at, note]);
  const tasks = async (who: Person) => (await crm.bus.query(listTasks, {}, who)).items;

  it('gives leads that went quiet their next follow-up, by criteria, once, in office time one after the other [M84]', async () => {
    await lead('Ravi');
    await lead('Sita', { source: 'Referral', medium: 'word of mouth' });
    await lead('Gita', { product: 'RSoft ERP' });
    await save(plan({ when: { product: ['rsoft crm'] } }));
    // Fourteen days after Wednesday, 11 March: on the 25th, as the office opens at 9:30.
    await crm.until('2026-03-25T03:59:00Z');
    expect(await followUps()).toEqual([]);
    await crm.until('2026-03-25T04:00:00Z');
    expect(await followUps()).toEqual([
      ['Ravi', '2026-03-25T04:11:00.000Z', 'Ask Ravi about RSoft CRM'],
      ['Sita', '2026-03-25T04:21:00.000Z', 'Ask Sita about RSoft CRM'],
    ]);
    // What is planned already is left alone, and a plan saved anew repeats nothing.
    await save(plan({ when: { product: ['rsoft crm'] }, label: 'Quiet ones' }));
    await crm.until('2026-03-28T12:00:00Z');
    expect(await followUps()).toHaveLength(2);
    expect((await crm.bus.query(listPlans, {}, admin)).plans).toMatchObject([
      // The 29th is a Sunday.
      { done: 2, label: 'Quiet ones', nextAt: '2026-03-30T04:00:00.000Z' },
    ]);
  });

  it('gives each day its share, those that wait longest first [M84]', async () => {
    for (const name of ['Asha', 'Bina', 'Chitra']) {
      await lead(name);
      crm.clock.advance(60_000);
    }
    await save(plan({ perDay: 2, after: { count: 1, unit: 'days' } }));
    await crm.until('2026-03-12T05:00:00Z');
    expect((await followUps()).map(([name]) => name)).toEqual(['Asha', 'Bina']);
    await crm.until('2026-03-13T05:00:00Z');
    expect((await followUps()).map(([name]) => name)).toEqual(['Asha', 'Bina', 'Chitra']);
  });

  it('reminds of regular customers again and again, and of a contract before its time is over [M84]', async () => {
    const customer = await lead('Ravi');
    await crm.bus.command(moveLead, { leadId: customer, stage: 'follow-up' }, priya);
    await crm.bus.command(moveLead, { leadId: customer, stage: 'won', value: '1,50,000' }, priya);
    await save(
      plan({ key: 'regular', of: 'won', from: 'closed', after: { count: 3, unit: 'weeks' }, repeats: true }),
      plan({
        ...{ key: 'renewal', label: 'Contracts', of: 'won', from: 'closed', to: 'manager' },
        ...{ after: { count: 2, unit: 'months' }, daysAhead: 10, repeats: true },
        note: 'Renewal of {name} ({lead}), {phone}',
      }),
    );
    await crm.until('2026-05-01T00:00:00Z');
    expect((await tasks(priya)).map(({ title, dueAt }) => [title, dueAt!.slice(0, 10)]).sort()).toEqual([
      ['Ask Ravi about RSoft CRM', '2026-04-01'],
      ['Ask Ravi about RSoft CRM', '2026-04-22'],
    ]);
    const renewals = async () =>
      (await tasks(meera))
        .filter(({ initiator }) => initiator.name === 'Contracts')
        .map(({ title }) => title);
    expect(await renewals()).toEqual([]);
    // Ten days before 11 May.
    await crm.until('2026-05-01T12:00:00Z');
    expect(await renewals()).toEqual([expect.stringMatching(/^Renewal of Ravi \(#1\), \+9198450\d{5}$/)]);
    // The customer stays one: nothing was moved.
    expect((await crm.bus.query(getLead, { leadId: customer }, asSystem)).stageKind).toBe('won');
  });

  it('says beforehand whom it would take up, refuses what it cannot do, and is changed by administrators, undone [M84] [M67]', async () => {
    await lead('Ravi');
    crm.clock.advance(15 * 86_400_000);
    expect(await crm.bus.query(previewPlan, { plan: plan({}) }, meera)).toEqual({
      total: 1,
      more: false,
      items: [
        {
          leadId: expect.any(String),
          number: 1,
          name: 'Ravi',
          dueAt: '2026-03-25T05:00:00.000Z',
          note: 'Ask Ravi about RSoft CRM',
        },
      ],
    });
    expect(await followUps()).toEqual([]);
    await expect(save(plan({ note: 'Ask {nmae}' }))).rejects.toMatchObject({
      code: 'notification.unknown_field',
    });
    await expect(save(plan({ from: 'closed' }))).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(save(plan({}), plan({}))).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(save(plan({ to: { userId: 'nobody' } }))).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await expect(crm.bus.command(savePlans, { plans: [] }, priya)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
    await save(plan({}));
    await expect(crm.bus.command(savePlans, { plans: [], expected: 0 }, admin)).rejects.toMatchObject({
      code: 'record.conflict',
    });
    await crm.bus.command(undoLast, {}, admin);
    await crm.until('2026-03-30T12:00:00Z');
    expect(await followUps()).toEqual([]);
  });

  it('counts months and years by the calendar of the office, over short months and clock changes [M84]', () => {
    const at = (anchor: string, more: Partial<FollowUpPlan>, now: string, zone = 'Asia/Kolkata') =>
      dueOf(new Date(anchor), plan({ repeats: true, ...more }), new Date(now), zone)?.dueAt.toISOString();
    const monthly = { after: { count: 1, unit: 'months' as const } };
    // 31 January, 10:00 in Kolkata.
    expect(at('2026-01-31T04:30:00Z', monthly, '2026-02-28T04:29:00Z')).toBeUndefined();
    expect(at('2026-01-31T04:30:00Z', monthly, '2026-02-28T04:30:00Z')).toBe('2026-02-28T04:30:00.000Z');
    expect(at('2026-01-31T04:30:00Z', monthly, '2026-03-31T04:30:00Z')).toBe('2026-03-31T04:30:00.000Z');
    const yearly = { after: { count: 1, unit: 'years' as const }, daysAhead: 30 };
    expect(at('2024-02-29T04:30:00Z', yearly, '2026-12-31T00:00:00Z')).toBe('2026-01-29T04:30:00.000Z');
    // 10:00 in Berlin stays 10:00 when the clocks go forward.
    expect(
      at(
        '2026-03-22T09:00:00Z',
        { after: { count: 1, unit: 'weeks' } },
        '2026-03-30T00:00:00Z',
        'Europe/Berlin',
      ),
    ).toBe('2026-03-29T08:00:00.000Z');
    expect(at('2026-01-31T04:30:00Z', { ...monthly, repeats: false }, '2026-09-01T00:00:00Z')).toBe(
      '2026-02-28T04:30:00.000Z',
    );
  });
});
