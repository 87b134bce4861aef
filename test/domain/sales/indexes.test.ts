import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { leadViewNames, listLeads } from '../../../src/domain/leads/contract.ts';
import { LeadModel } from '../../../src/domain/leads/model.ts';
import { searchTokens } from '../../../src/domain/leads/rules.ts';
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
});
