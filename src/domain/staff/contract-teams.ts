/** Teams: a branch, a project. Whose the customers of one are is its own policy. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';

/**
 * `role`: as far as each one's role reaches. `shared`: everybody in it sees and works all its customers, also who has a
 * right to their own only. `apart`: each owns theirs and no card is shared, also where a role reaches the team's.
 */
export const ownerships = ['role', 'shared', 'apart'] as const;
export type Ownership = (typeof ownerships)[number];

export const teamView = z.object({
  id: z.string(),
  name: z.string(),
  ownership: z.enum(ownerships),
});
export type TeamView = z.output<typeof teamView>;

export const createTeam = defineCommand({
  name: 'team.create',
  summary: 'Add a team',
  permission: { action: 'create', subject: 'User' },
  input: z.object({ name: text(80) }),
  output: z.object({ id: z.string() }),
});
export const updateTeam = defineCommand({
  name: 'team.update',
  summary: 'Rename a team, or change whose its customers are; effective at once',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ id: z.string(), name: text(80).optional(), ownership: z.enum(ownerships).optional() }),
  output: z.object({ team: teamView }),
});
export const listTeams = defineQuery({
  name: 'team.list',
  summary: 'Teams',
  permission: 'signed-in',
  path: '/teams',
  input: z.object({}),
  output: z.object({ items: z.array(teamView) }),
});
