import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { listTickets, ticketViewNames } from '../../../src/domain/tickets/contract.ts';
import { type TicketDocument, TicketModel } from '../../../src/domain/tickets/model.ts';
import { isActive, rankOf, searchTokens } from '../../../src/domain/tickets/rules.ts';
import { type Person, type Sales, sales } from '../sales/harness.ts';

type Asked = { filter: object; sort: Record<string, 1 | -1>; limit: number };
const statuses = ['open', 'in-progress', 'waiting', 'resolved', 'closed', 'reopened'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

describe('lists of tickets, however many there are', () => {
  let crm: Sales;
  let people: Record<string, Person>;
  beforeAll(async () => {
    crm = await sales();
    people = {
      manager: await crm.user('Meera Iyer', 'manager'),
      caller: await crm.user('Priya Shah', 'tele-caller'),
    };
    const now = crm.clock.now().getTime();
    await TicketModel.insertMany(
      Array.from({ length: 400 }, (_, i): TicketDocument => {
        const openedAt = new Date(now - i * 7_200_000);
        const number = `T-2026-${String(i + 1).padStart(5, '0')}`;
        const status = statuses[i % statuses.length]!;
        const priority = priorities[i % priorities.length]!;
        const about = { number, name: `Ravi${i} Kumar`, subject: `Fault ${i} of the printer` };
        return {
          _id: `ticket-${String(i).padStart(4, '0')}`,
          key: number.replaceAll('-', ''),
          ...about,
          kind: i % 2 ? 'case' : 'complaint',
          description: about.subject,
          category: i % 3 ? 'product' : 'billing',
          status,
          active: isActive(status),
          priority,
          rank: rankOf(priority),
          contactId: `c${i}`,
          keys: [],
          assigneeId: i % 5 ? people.caller!.id : 'somebody',
          teamIds: [],
          openedAt,
          updatedAt: openedAt,
          movedAt: openedAt,
          search: searchTokens(about),
          ...(isActive(status) && status !== 'waiting' && { dueAt: new Date(now + (i - 200) * 600_000) }),
        };
      }),
    );
  });
  afterAll(() => crm.dispose());

  /** The list's own query, as it reached the database. */
  async function asked(input: object, person: Person): Promise<Asked> {
    const seen: Asked[] = [];
    mongoose.set('debug', (collection, method, filter, options) => {
      if (collection === 'tickets' && method === 'find')
        seen.push({ filter, sort: options.sort, limit: options.limit });
    });
    await crm.bus.query(listTickets, { limit: 10, ...input }, person);
    mongoose.set('debug', false);
    return seen[0]!;
  }

  const lists: [string, object][] = [
    ...ticketViewNames.map((view): [string, object] => [view, { view }]),
    ['open, by deadline', { view: 'open', sort: 'due' }],
    ['open, newest first', { view: 'open', sort: 'newest' }],
    ['by status', { status: 'in-progress' }],
    ['by priority', { priority: 'high' }],
    ['by category', { category: 'billing' }],
    ['oldest first', { sort: 'oldest' }],
  ];
  it.each(lists.flatMap(([name, input]) => ['manager', 'caller'].map((who) => [name, who, input] as const)))(
    '%s, for a %s: reads no more tickets than it shows, from an index in the right order [M124]',
    async (_, who, input) => {
      const { filter, sort, limit } = await asked(input, people[who]!);
      const { queryPlanner, executionStats }: any = await TicketModel.find(filter)
        .sort(sort)
        .limit(limit)
        .explain('executionStats');
      const plan = JSON.stringify(queryPlanner.winningPlan);
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toMatch(/"stage":"(SORT|COLLSCAN)"/);
      expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(limit);
    },
  );

  it('are paged through without a gap in every order', async () => {
    for (const sort of ['newest', 'oldest', 'priority', 'due'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await crm.bus.query(
          listTickets,
          { view: 'open', sort, limit: 60, ...(cursor && { cursor }) },
          people.manager!,
        );
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
        expect(seen.length).toBeLessThanOrEqual(page.total);
        if (!cursor) expect(seen.length).toBe(page.total);
      } while (cursor);
      expect(new Set(seen).size).toBe(seen.length);
    }
  });
});
