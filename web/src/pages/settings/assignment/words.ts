import type { Output } from '../../../api/operations.ts';

export type Settings = Output<'assignment.get'>;
export type Rule = Settings['rules'][number];
export const conditions = [
  { key: 'source', label: 'Source' },
  { key: 'city', label: 'Area' },
  { key: 'product', label: 'Product' },
  { key: 'campaign', label: 'Campaign' },
  { key: 'industry', label: 'Industry' },
  { key: 'segment', label: 'Segment' },
  { key: 'size', label: 'Size' },
] as const;

export type Names = { users: Map<string, string>; teams: Map<string, string>; roles: Map<string, string> };

/** `Source is Facebook or Google, and area is Chennai` */
export const whenWords = ({ when }: Rule): string => {
  const parts = conditions
    .filter(({ key }) => when[key]?.length)
    .map(({ key, label }) => `${label.toLowerCase()} is ${when[key]!.join(' or ')}`);
  const text = parts.join(', and ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export const toWords = ({ to }: Rule, { users, teams, roles }: Names): string =>
  [
    ...to.users.map((id) => users.get(id) ?? 'somebody who has left'),
    ...to.teams.map((id) => `team ${teams.get(id) ?? id}`),
    ...to.roles.map((key) => `every ${roles.get(key) ?? key}`),
  ].join(', ');
