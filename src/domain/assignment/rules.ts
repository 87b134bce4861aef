/** Who may get a lead, of whom. Pure. */
import type { UserView } from '../staff/contract.ts';
import type { AssignmentRule, AssignmentSettings } from './contract.ts';

export type Facts = Partial<Record<keyof AssignmentRule['when'], string | undefined>>;
/** What somebody got: since midnight, and in the last 24 hours. */
export type Load = { today: number; lastDay: number };

/** The first group with anybody free, in the order of the rules; of it those whose turn it may be. */
export function candidates(
  people: UserView[],
  settings: AssignmentSettings,
  facts: Facts,
  { loads, time }: { loads: Map<string, Load>; time: string },
): UserView[] {
  const free = people.filter((user) => user.active && !user.absent && takes(user, settings, loads, time));
  const groups = [
    ...settings.rules
      .filter(({ when }) => fits(when, facts))
      .map(
        ({ to }) =>
          (user: UserView) =>
            isOf(user, to),
      ),
    ({ role }: UserView) => settings.roles.includes(role),
  ];
  const group = groups.map((isIn) => free.filter(isIn)).find(({ length }) => length) ?? [];
  if (settings.by === 'turn') return group;
  const load = ({ id }: UserView) => loads.get(id)?.lastDay ?? 0;
  const least = Math.min(...group.map(load));
  return group.filter((user) => load(user) === least);
}

export function fits(when: AssignmentRule['when'], facts: Facts): boolean {
  return Object.entries(when).every(([field, values]) => {
    const fact = plain(facts[field as keyof Facts] ?? '');
    return !values || values.some((value) => plain(value) === fact);
  });
}

const plain = (text: string): string => text.trim().toLowerCase();

const isOf = ({ id, role, teamIds }: UserView, { users, teams, roles }: AssignmentRule['to']): boolean =>
  users.includes(id) || roles.includes(role) || teamIds.some((team) => teams.includes(team));

function takes(
  { id }: UserView,
  { people, perDay }: AssignmentSettings,
  loads: Map<string, Load>,
  time: string,
): boolean {
  const own = people[id];
  const most = own?.perDay ?? perDay;
  return (!most || (loads.get(id)?.today ?? 0) < most) && (!own?.hours || within(own.hours, time));
}

/** `HH:MM` compares as text; a night shift goes over midnight. */
const within = ([from, to]: [string, string], time: string): boolean =>
  from <= to ? from <= time && time < to : time >= from || time < to;
