/**
 * Rights: a role grants actions on record kinds within a scope; here they become a CASL ability, and the ability
 * becomes the database query (`ctx.scope`). Roles are data: config/roles.yaml.
 */
import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability';
import { z } from 'zod';
import type { Actor, UserActor } from './actor.ts';

export const actions = ['create', 'read', 'update', 'delete', 'assign', 'export'] as const;
export type Action = (typeof actions)[number];
export const recordKinds = [
  'Lead',
  'Enquiry',
  'Contact',
  'Conversation',
  'Flow',
  'Call',
  'FollowUp',
  'Appointment',
  'Note',
  'Ticket',
  'User',
  'Setting',
  'Notification',
  'Audit',
  'DeadLetter',
  'Report',
] as const;
export type RecordKind = (typeof recordKinds)[number];
export type Permission = 'public' | 'signed-in' | 'system' | { action: Action; subject: RecordKind };

/** own: assigned to me. team: to somebody in my teams. subtree: to me or those below me. all: everybody's. */
export const scopes = ['own', 'team', 'subtree', 'all'] as const;
export type Scope = (typeof scopes)[number];

/** config/roles.yaml: `roles.<name>.grants.<RecordKind>.<action>: <scope>`; `*` for any kind or action. */
export const roleSchema = z.object({
  label: z.string(),
  /** Roles this one may assign records to ("Can assign records to"); visibility follows `grants`. */
  assignsTo: z.array(z.string()).default([]),
  grants: z.partialRecord(
    z.enum(['*', ...recordKinds]),
    z.partialRecord(z.enum(['*', ...actions]), z.enum(scopes)),
  ),
});
export type Role = z.output<typeof roleSchema>;
export type Roles = Record<string, Role>;

export type Ability = MongoAbility<[string, string]>;

/**
 * Records carry `assigneeId` (whose it is) and `teamIds` where teams matter; `userId` for a person's own things.
 * Rules are written on these fields so that one condition serves check and query.
 */
export function abilityFor(actor: Actor, roles: Roles): Ability {
  const { can, build } = new AbilityBuilder<Ability>(createMongoAbility);
  if (actor.kind === 'system') {
    can('manage', 'all');
    return build();
  }
  const role = roles[actor.role];
  for (const [kind, grants] of Object.entries(role?.grants ?? {})) {
    for (const [action, scope] of Object.entries(grants ?? {})) {
      const subject = kind === '*' ? 'all' : kind;
      const verb = action === '*' ? 'manage' : action;
      // A rule each: CASL reads no `$or` inside a condition, and joins the rules with one when it makes the query.
      for (const condition of conditionsFor(scope as Scope, actor, kind))
        can(verb, subject, condition as never);
    }
  }
  return build();
}

function conditionsFor(
  scope: Scope,
  actor: UserActor,
  kind: string,
): (Record<string, unknown> | undefined)[] {
  const owner = kind === 'User' ? '_id' : kind === 'Notification' ? 'userId' : 'assigneeId';
  if (scope === 'all') return [undefined];
  if (scope === 'own') return [{ [owner]: actor.id }];
  if (scope === 'subtree') return [{ [owner]: { $in: [actor.id, ...actor.subordinateIds] } }];
  return [{ [owner]: actor.id }, { teamIds: { $in: actor.teamIds } }];
}
