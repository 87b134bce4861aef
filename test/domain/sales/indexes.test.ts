import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { leadViewNames, listLeads } from '../../../src/domain/leads/contract.ts';
import { LeadModel } from '../../../src/domain/leads/model.ts';
import { searchTokens } from '../../../src/domain/leads/rules.ts';
import { runReport } from '../../../src/domain/reports/contract.ts';
import { type Person, type Sales, sales } from './harness.ts';

type Asked = { filter: object; sort: Record<string, 1 | -1>; limit: number };

describe('lists of leads, however many there are', () => {
  let crm: Sales;
  let people: Record<string, Person>;
  beforeAll(async () => {
    crm = await sales();
    people = {
      manager: await crm.user('Meera Iyer', 'manager'),
      caller: await crm.user('Priya Shah', 'tele-caller'),
    };
    await crm.user('Arjun Rao', 'tele-caller');
    const now = crm.clock.now().getTime();
    const stages = ['not-attempted', 'follow-up', 'demo-confirmed', 'lost'];
    const leads = Array.from({ length: 400 }, (_, i) => {
      const createdAt = new Date(now - i * 7_200_000);
      const who = { name: `Ravi${i} Kumar`, phone: `+9198450${String(i).padStart(5, '0')}` };
      return {
        _id: `lead-${String(i).padStart(4, '0')}`,
        number: i + 1,
        ...who,
        source: i % 2 ? 'Website' : 'Referral',
        medium: 'web',
        stage: stages[i % 4]!,
        contactId: `c${i}`,
        enquiryId: `e${i}`,
        verdict: 'new' as const,
        hot: i % 2 === 1,
        assigneeId: i % 3 ? people.caller!.id : 'somebody',
        teamIds: [],
        createdAt,
        lastActivityAt: createdAt,
        search: searchTokens(who),
        ...(i % 4 < 3 && { followUpAt: new Date(now + (i - 200) * 600_000) }),
      };
    });
    await LeadModel.insertMany(leads);
  });
  afterAll(() => crm.dispose());

  /** The list's own query, as it reached the database. */
  async function asked(input: object, person: Person): Promise<Asked> {
    const seen: Asked[] = [];
    mongoose.set('debug', (collection, method, filter, options) => {
      if (collection === 'leads' && method === 'find' && options.sort)
        seen.push({ filter, sort: options.sort, limit: options.limit });
    });
    await crm.bus.query(listLeads, { limit: 10, ...input }, person);
    mongoose.set('debug', false);
    return seen[0]!;
  }
  const lists: [string, object][] = [
    ...leadViewNames.map((view): [string, object] => [view, { view }]),
    ['by stage', { stage: 'follow-up' }],
    ['by source', { source: 'Website' }],
    ['by last activity', { sort: 'lastActivity' }],
    ['oldest first', { sort: 'oldest' }],
  ];

  it.each(lists.flatMap(([name, input]) => ['manager', 'caller'].map((who) => [name, who, input] as const)))(
    '%s, for a %s: reads no more leads than it shows, from an index in the right order [M55]',
    async (_, who, input) => {
      const { filter, sort, limit } = await asked(input, people[who]!);
      const { queryPlanner, executionStats }: any = await LeadModel.find(filter)
        .sort(sort)
        .limit(limit)
        .explain('executionStats');
      const plan = JSON.stringify(queryPlanner.winningPlan);
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toMatch(/"stage":"(SORT|COLLSCAN)"/);
      expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(limit);
    },
  );

  it.each(['ravi17', 'kumar ravi17', '9845000017', '00017', 'ravi17 kum'])(
    'a search for “%s” reads only what it finds [M55]',
    async (search) => {
      const filters: object[] = [];
      mongoose.set('debug', (collection, method, filter, options) => {
        if (
          collection === 'leads' &&
          method === 'find' &&
          !options.sort &&
          JSON.stringify(Object.keys(filter)).includes('search')
        )
          filters.push(filter);
      });
      const { total } = await crm.bus.query(listLeads, { search }, people.manager!);
      mongoose.set('debug', false);
      let read = 0;
      for (const filter of filters) {
        const { executionStats }: any = await LeadModel.find(filter).explain('executionStats');
        read += executionStats.totalDocsExamined;
      }
      expect(total).toBeGreaterThan(0);
      expect(filters.length).toBeGreaterThan(0);
      // A whole number is found both by its beginning and by its end.
      expect(read).toBeLessThanOrEqual(2 * total);
    },
  );

  describe('figures of a period', () => {
    const january = { from: '2025-01-01', to: '2025-01-31' };
    const begins = Date.parse('2025-01-01T00:00:00+05:30');
    beforeAll(async () => {
      const leads = Array.from({ length: 2400 }, (_, i) => {
        const createdAt = new Date(begins + (i % 24) * 86_400_000 + i * 1000);
        return {
          _id: `january-${i}`,
          number: 1000 + i,
          name: `January ${i}`,
          source: ['Website', 'Referral', 'Google'][i % 3]!,
          medium: 'web',
          stage: i < 2100 ? 'won' : 'not-attempted',
          contactId: `january-${i}`,
          assigneeId: i % 4 ? (i % 4 === 1 ? people.caller!.id : 'somebody') : null,
          teamIds: [],
          createdAt,
          lastActivityAt: createdAt,
          search: [],
          ...(i < 2100 && { closedAt: createdAt }),
        };
      });
      await LeadModel.collection.insertMany(leads as never[]);
    });
    afterAll(() => LeadModel.deleteMany({ _id: /^january/ }));

    it.each([
      ['lead.created', 'source', { Website: 800, Referral: 800, Google: 800 }],
      ['lead.created', 'caller', { 'Nobody yet': 600, 'Priya Shah': 600, 'Somebody who left': 1200 }],
      ['lead.won', 'caller', { 'Nobody yet': 525, 'Priya Shah': 525, 'Somebody who left': 1050 }],
      ['lead.created', 'stage', { 'CLOSE TO WON': 2100, 'NOT ATTEMPTED': 300 }],
    ] as const)('%s by %s are counted without reading a lead [M57]', async (measure, by, expected) => {
      const methods: string[] = [];
      mongoose.set('debug', (collection, method) => {
        if (collection === 'leads') methods.push(method);
      });
      const spec = { measures: [measure], by: [by], period: january };
      const { sheet } = await crm.bus.query(runReport, { spec }, people.manager!);
      mongoose.set('debug', false);
      expect(Object.fromEntries(sheet.rows.map((row) => [row[by], row[measure]]))).toEqual(expected);
      expect(methods).not.toContain('aggregate');
    });

    it('by day, with the days on which nothing came, are the same when they are narrowed [M57]', async () => {
      const counts = async (filters: object) => {
        const spec = { measures: ['lead.created'], by: ['day' as const], period: january, filters };
        const { sheet } = await crm.bus.query(runReport, { spec }, people.manager!);
        return sheet.rows.map((row) => row['lead.created']);
      };
      const days = (each: number) => Array.from({ length: 31 }, (_, day) => (day < 24 ? each : 0));
      expect(await counts({})).toEqual(days(100));
      expect(await counts({ source: ['Website', 'Referral', 'Google'] })).toEqual(days(100));
    });
  });
});
