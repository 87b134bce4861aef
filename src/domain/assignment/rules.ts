/** Who may get a lead, of whom, and why not the others. Pure. */
import { isAmong } from '../../core/criteria.ts';
import type { UserView } from '../staff/contract.ts';
import type { AssignmentRule, AssignmentSettings } from './contract.ts';

export type Facts = Partial<Record<keyof AssignmentRule['when'], string | undefined>>;
/** What somebody got: since midnight, and in the last 24 hours. */
export type Load = { today: number; lastDay: number };
/** On the organisation's calendar and clock: `2026-03-11`, `10:30`. */
export type Moment = { day: string; time: string; loads: Map<string, Load> };

/** A rule, or the turns at last: what does not fit, and who is in it with what holds them. */
export type Group = {
  label: string;
  /** Its place among the rules; absent: the turns. */
  rule?: number;
  misfits: string[];
  members: { user: UserView; held?: string }[];
};

/** The first group with anybody free, in the order of the rules; of it those whose turn it may be. */
export function candidates(
  people: UserView[],
  settings: AssignmentSettings,
  facts: Facts,
  moment: Moment,
): UserView[] {
  const group = taker(groupsFor(people, settings, facts, moment));
  return group ? inTurn(free(group), settings, moment) : [];
}

/** Every rule in its order, then the turns. */
export function groupsFor(
  people: UserView[],
  settings: AssignmentSettings,
  facts: Facts,
  moment: Moment,
): Group[] {
  const members = (isIn: (user: UserView) => boolean) =>
    people.filter(isIn).map((user) => {
      const held = holds(user, settings, moment);
      return held ? { user, held } : { user };
    });
  return [
    ...settings.rules.map(({ label, when, to }, rule) => ({
      label,
      rule,
      misfits: misfits(when, facts),
      members: members((user) => isOf(user, to)),
    })),
    {
      label: 'In turn',
      misfits: [],
      members: members(({ role }) => settings.roles.includes(role)),
    },
  ];
}

export const taker = (groups: Group[]): Group | undefined =>
  groups.find((group) => !group.misfits.length && free(group).length);

export const free = ({ members }: Group): UserView[] =>
  members.flatMap(({ user, held }) => (held ? [] : [user]));

/** By load: those who got least in the last 24 hours. Whoever of these waited longest is chosen in the store. */
export function inTurn(among: UserView[], { by }: AssignmentSettings, { loads }: Moment): UserView[] {
  if (by === 'turn') return among;
  const load = ({ id }: UserView) => loads.get(id)?.lastDay ?? 0;
  const least = Math.min(...among.map(load));
  return among.filter((user) => load(user) === least);
}

const words: Record<keyof AssignmentRule['when'], string> = {
  source: 'source',
  city: 'area',
  product: 'product',
  campaign: 'campaign',
  industry: 'industry',
  segment: 'segment',
  size: 'size',
};

/** In words, what of the conditions an enquiry does not meet. */
function misfits(when: AssignmentRule['when'], facts: Facts): string[] {
  return Object.entries(when).flatMap(([name, values]) => {
    const field = name as keyof AssignmentRule['when'];
    const fact = facts[field]?.trim() ?? '';
    return isAmong(values, fact)
      ? []
      : [`${words[field]} is ${fact || 'not known'}, not ${values!.join(' or ')}`];
  });
}

const isOf = ({ id, role, teamIds }: UserView, { users, teams, roles }: AssignmentRule['to']): boolean =>
  users.includes(id) || roles.includes(role) || teamIds.some((team) => teams.includes(team));

/** Why somebody takes no lead at this moment, in words; undefined: they do. */
export function holds(
  { id, active, absent }: UserView,
  { people, perDay }: AssignmentSettings,
  { day, time, loads }: Moment,
): string | undefined {
  const own = people[id];
  if (!active) return 'deactivated';
  if (absent) return 'absent';
  const away = own?.away?.find(({ from, to }) => from <= day && day <= to);
  if (away) return `away until ${away.to}`;
  if (own?.hours && !within(own.hours, time)) return `works ${own.hours.join('–')}`;
  const most = own?.perDay ?? perDay;
  if (most && (loads.get(id)?.today ?? 0) >= most) return `has the ${most} of the day`;
  return undefined;
}

/** `HH:MM` compares as text; a night shift goes over midnight. */
const within = ([from, to]: [string, string], time: string): boolean =>
  from <= to ? from <= time && time < to : time >= from || time < to;
