import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { logCall, numberMarks, reportCall, setFollowUp } from '../../../src/domain/activities/contract.ts';
import { CallModel } from '../../../src/domain/activities/model.ts';
import { endSession, nextToRing, skipLead } from '../../../src/domain/calling/contract.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import { LeadModel } from '../../../src/domain/leads/model.ts';
import { searchTokens } from '../../../src/domain/leads/rules.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('a calling session', () => {
  let crm: Sales;
  let priya: Person;
  let count = 0;
  beforeEach(async () => {
    crm = await sales({
      change: ({ roles }) => {
        // Callers of this office share what their team has.
        const team = { create: 'team', read: 'team', update: 'team' } as const;
        Object.assign(roles['tele-caller']!.grants, { Lead: team, Call: team, FollowUp: team });
      },
    });
    priya = await crm.user('Priya Shah', 'tele-caller', { teamIds: ['south'] });
  });
  afterEach(() => crm.dispose());
  const next = (who = priya, from: 'mine' | 'everybody' = 'mine') =>
    crm.bus.command(nextToRing, { from }, who);
  const log = (leadId: string, input: object, who = priya) =>
    crm.bus.command(logCall, { leadId, ...input } as never, who);
  const inMinutes = (minutes: number): string =>
    new Date(crm.clock.now().getTime() + minutes * 60_000).toISOString();
  const pass = (minutes: number) => crm.until(inMinutes(minutes));
  async function lead(said: object = {}): Promise<string> {
    count++;
    return (
      await crm.enquire({
        name: `Client ${count}`,
        phone: `+9198450${40_000 + count}`,
        source: 'Referral',
        ...said,
      })
    ).leadId!;
  }
  const missedFrom = (leadId: string) =>
    crm.bus.command(
      reportCall,
      { phoneId: `main:CA${++count}`, leadId, direction: 'in', outcome: 'missed', calledAt: inMinutes(0) },
      asSystem,
    );

  it('hands out who rang us first, then what is due (hot first, the oldest first), then what nobody tried (hot, newest) [M30]', async () => {
    const fresh = await lead();
    const freshHot = await lead({ source: 'Website' });
    const freshNewer = await lead();
    const [dueLater, dueFirst, dueHot, rang] = [
      await lead(),
      await lead(),
      await lead({ source: 'Google' }),
      await lead(),
    ];
    await crm.bus.command(setFollowUp, { leadId: dueLater, at: inMinutes(20), remind: [] }, priya);
    await crm.bus.command(setFollowUp, { leadId: dueFirst, at: inMinutes(10), remind: [] }, priya);
    await crm.bus.command(setFollowUp, { leadId: dueHot, at: inMinutes(25), remind: [] }, priya);
    await pass(30);
    await missedFrom(rang);
    await crm.settle();
    const order: [string | undefined, string | undefined][] = [];
    for (let left = 7; left > 0; left--) {
      const { lead: one, reason } = await next();
      order.push([reason, one?.id]);
      await log(one!.id, { outcome: 'answered' });
    }
    expect(order).toEqual([
      ['missed', rang],
      ['due', dueHot],
      ['due', dueFirst],
      ['due', dueLater],
      ['fresh', freshHot],
      ['fresh', freshNewer],
      ['fresh', fresh],
    ]);
    expect(await next()).toMatchObject({
      why: expect.stringContaining('Nothing waits'),
      waiting: { missed: 0, due: 0, fresh: 0 },
    });
    expect((await next()).lead).toBeUndefined();
  });

  it('holds the lead: asked again it is the same, until something came of it', async () => {
    const first = await lead();
    const second = await lead();
    expect((await next()).lead!.id).toBe(second);
    expect((await next()).lead!.id).toBe(second);
    await log(second, { outcome: 'RNR' });
    expect((await next()).lead!.id).toBe(first);
  });

  it('never gives two callers the same lead, though they ask at the same moment', async () => {
    const arjun = await crm.user('Arjun Rao', 'tele-caller', { teamIds: ['south'] });
    const meera = await crm.user('Meera Iyer', 'tele-caller', { teamIds: ['south'] });
    for (let i = 0; i < 4; i++) await lead();
    const given = await Promise.all([priya, arjun, meera].map((who) => next(who, 'everybody')));
    const ids = given.map(({ lead: one }) => one!.id);
    expect(new Set(ids).size).toBe(3);
    // A claim is short: who went home keeps nothing from the others.
    await pass(11);
    await log(ids[1]!, { outcome: 'RNR' }, arjun);
    const later = await next(arjun, 'everybody');
    expect(ids).not.toContain(undefined);
    expect(later.lead).toBeDefined();
    await crm.bus.command(endSession, {}, arjun);
    expect((await next(meera, 'everybody')).lead).toBeDefined();
  });

  it('a skipped lead comes back after its time, and the reason is on its timeline', async () => {
    const only = await lead();
    const { lead: one } = await next();
    const after = await crm.bus.command(
      skipLead,
      { leadId: only, reason: 'at lunch until two', minutes: 30 },
      priya,
    );
    expect(after.lead).toBeUndefined();
    const { items } = await crm.bus.query(contactTimeline, { contactId: one!.contactId }, priya);
    expect(items).toContainEqual(
      expect.objectContaining({
        title: 'Left out of the calling session',
        text: 'at lunch until two',
        by: 'Priya Shah',
      }),
    );
    await expect(crm.bus.command(skipLead, { leadId: only, reason: ' ' }, priya)).rejects.toMatchObject({
      code: 'input.invalid',
    });
    await pass(31);
    expect((await next()).lead!.id).toBe(only);
  });

  it('leaves out numbers that are wrong or not to be called, also on another lead, and leads without a number', async () => {
    const marked = await lead();
    const other = await lead();
    await lead({ phone: undefined, email: 'only.mail@example.com' });
    await log(marked, { outcome: 'DO NOT CALL' });
    await LeadModel.updateOne({ _id: other }, { phone: (await LeadModel.findById(marked).lean())!.phone });
    expect((await next()).lead).toBeUndefined();
  });

  it('a caller from whom numbers are kept gets leads all the same, without their numbers; marking one works [M63]', async () => {
    crm.config.roles['tele-caller']!.fields = { Lead: { phone: 'hidden' } };
    const kept = await crm.again(priya);
    const [first, second] = [await lead(), await lead()];
    const out = await next(kept);
    expect(out.lead!.id).toBe(second);
    expect(JSON.stringify(out)).not.toContain('98450');
    await log(second, { outcome: 'wrong number' }, kept);
    expect((await next(kept)).lead!.id).toBe(first);
    const { phone } = (await LeadModel.findById(second).lean())!;
    expect((await crm.bus.query(numberMarks, { numbers: [phone!] }, asSystem)).items).toMatchObject([
      { mark: 'wrong' },
    ]);
  });

  it('gives nobody a lead that is not theirs to work on', async () => {
    await crm.bus.command(skipLead, { leadId: await lead(), reason: 'mine' }, priya);
    const stranger = await crm.user('Kiran Das', 'tele-caller', { teamIds: ['north'] });
    expect((await next(stranger, 'everybody')).lead).toBeUndefined();
    await expect(
      crm.bus.command(skipLead, { leadId: (await LeadModel.findOne().lean())!._id, reason: 'x' }, stranger),
    ).rejects.toMatchObject({ code: 'record.not_found' });
  });

  it('says the script of the stage with what is known of the client, and no holes where it is not', async () => {
    crm.config.app.calls.script = {
      fresh: 'Hello {name}, {caller} of {brand}. You asked about {product} {city}.',
    };
    await lead({ name: 'Ravi', product: 'RSoft CRM' });
    expect((await next()).script).toBe('Hello Ravi, Priya Shah of RSoft. You asked about RSoft CRM.');
  });

  it('reads a few leads from an index in the right order, however many there are', async () => {
    const now = crm.clock.now().getTime();
    await LeadModel.insertMany(
      Array.from({ length: 1500 }, (_, i) => {
        const who = { name: `Client ${i}`, phone: `+9198460${String(i).padStart(5, '0')}` };
        const at = new Date(now - i * 60_000);
        return {
          _id: `lead-${i}`,
          number: 1000 + i,
          ...who,
          source: 'Website',
          medium: 'web',
          stage: i % 2 ? 'not-attempted' : 'follow-up',
          contactId: `c${i}`,
          enquiryId: `e${i}`,
          verdict: 'new' as const,
          hot: i % 3 === 0,
          assigneeId: i % 5 ? priya.id : 'somebody',
          teamIds: [],
          createdAt: at,
          lastActivityAt: at,
          search: searchTokens(who),
          ...(i % 4 < 2 && { followUpAt: at }),
        };
      }),
    );
    const asked: { filter: object; sort: Record<string, 1 | -1>; limit: number }[] = [];
    const manager = await crm.user('Manager', 'manager');
    mongoose.set('debug', (collection, method, filter, options) => {
      if (collection === 'leads' && method === 'find' && options.sort && options.limit)
        asked.push({ filter, sort: options.sort, limit: options.limit });
    });
    await next(priya);
    await next(manager, 'everybody');
    await crm.bus.command(
      skipLead,
      { leadId: (await next(manager, 'everybody')).lead!.id, reason: 'later', from: 'everybody' },
      manager,
    );
    mongoose.set('debug', false);
    expect(asked.length).toBeGreaterThan(5);
    for (const { filter, sort, limit } of asked) {
      const asks = JSON.stringify(filter);
      if (!asks.includes('"phone"') || asks.includes('$or')) continue;
      const { queryPlanner, executionStats }: any = await LeadModel.find(filter)
        .sort(sort)
        .limit(limit)
        .explain('executionStats');
      const plan = JSON.stringify(queryPlanner.winningPlan);
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toMatch(/"stage":"(SORT|COLLSCAN)"/);
      // A batch is read at once, since what is skipped or held by others is left out of it.
      expect([plan, executionStats.totalDocsExamined <= limit + 128]).toEqual([plan, true]);
    }
    const missed: any = await CallModel.find({ assigneeId: priya.id, 'missed.state': 'open' })
      .sort({ calledAt: 1, _id: 1 })
      .limit(10)
      .explain('executionStats');
    expect(JSON.stringify(missed.queryPlanner.winningPlan)).not.toMatch(/"stage":"(SORT|COLLSCAN)"/);
  });
});
