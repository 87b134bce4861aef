/** What people wait for, once as our query's input and once as SQL; both give a page of 30 and its count. */
import { leadViewNames } from '../../src/domain/leads/contract.ts';

export type Sql = { where: string; order: string; values: unknown[] } | { token: string };
export type Question = {
  name: string;
  input: (random: () => number) => { ask: Record<string, unknown>; sql: Sql };
};

const newest = 'created_at DESC, id DESC';
const soonest = 'follow_up_at, id';
const fixed = (name: string, ask: Record<string, unknown>, sql: Sql): Question => ({
  name,
  input: () => ({ ask, sql }),
});

/** @param now the moment of both; @param zone days begin and end in it. */
export function questions(
  count: number,
  now: Date,
  day: { start: Date; end: Date },
  month: { start: Date; end: Date },
): Question[] {
  const views: Record<(typeof leadViewNames)[number], Sql> = {
    all: { where: 'true', order: newest, values: [] },
    hot: { where: 'hot', order: newest, values: [] },
    previousMonth: {
      where: 'created_at >= $1 AND created_at < $2',
      order: newest,
      values: [month.start, month.end],
    },
    notAttempted: { where: "stage = 'not-attempted'", order: newest, values: [] },
    lost: { where: "stage = 'lost'", order: newest, values: [] },
    todayFollowUp: {
      where: 'follow_up_at >= $1 AND follow_up_at < $2',
      order: soonest,
      values: [day.start, day.end],
    },
    missedFollowUp: { where: 'follow_up_at < $1', order: soonest, values: [now] },
  };
  const some = (random: () => number, most: number) => Math.floor(random() * most);
  return [
    ...leadViewNames.map((view) => fixed(`list: ${view}`, { view }, views[view])),
    fixed('list: stage', { stage: 'follow-up' }, { where: "stage = 'follow-up'", order: newest, values: [] }),
    fixed('list: source', { source: 'Google' }, { where: "source = 'Google'", order: newest, values: [] }),
    fixed(
      'list: by last activity',
      { sort: 'lastActivity' },
      { where: 'true', order: 'last_activity_at DESC, id DESC', values: [] },
    ),
    {
      name: 'search: part of a name',
      input: (random) => {
        const token = `ravi${some(random, 9973)}`;
        return { ask: { search: token }, sql: { token } };
      },
    },
    {
      name: 'search: last digits',
      input: (random) => {
        const digits = String(some(random, count)).padStart(8, '0').slice(-6);
        return { ask: { search: digits }, sql: { token: `<${[...digits].reverse().join('')}` } };
      },
    },
    {
      name: 'search: part of a mail',
      input: (random) => {
        const token = `ravi${some(random, count)}@`;
        return { ask: { search: token }, sql: { token } };
      },
    },
  ];
}
