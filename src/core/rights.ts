/**
 * Rights: a role grants actions on record kinds within a scope; here they become a CASL ability, and the ability
 * becomes the database query (`ctx.scope`). Roles are data: config/roles.yaml.
 */
import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability';
import { z } from 'zod';
import type { Actor, UserActor } from './actor.ts';
import { fieldsSchema, keepsAsMuch } from './fields.ts';

export const actions = ['create', 'read', 'update', 'delete', 'assign', 'export'] as const;
export type Action = (typeof actions)[number];
export const recordKinds = [
  'Lead',
  'Enquiry',
  'Contact',
  'Conversation',
  'Flow',
  'Knowledge',
  'Call',
  'Recording',
  'FollowUp',
  'Appointment',
  'Note',
  'Ticket',
  'Task',
  'Reminder',
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

/** By what rights may be narrowed, and which records carry it. */
export const linkFields = ['city', 'product', 'source', 'industry', 'segment', 'size'] as const;
export type LinkField = (typeof linkFields)[number];
const carried: Partial<Record<RecordKind, readonly LinkField[]>> = {
  Lead: linkFields,
  Enquiry: linkFields,
  Contact: ['city'],
  Ticket: ['product'],
};
/** Nobody's own: only a grant of `all` reaches them. */
const ownerless: readonly RecordKind[] = ['Flow', 'Knowledge', 'Setting', 'DeadLetter', 'Audit'];

/** config/roles.yaml: `roles.<name>.grants.<RecordKind>.<action>: <scope>`; `*` for any kind or action. */
export const roleSchema = z.object({
  label: z.string().min(1).max(80),
  /** Roles this one may assign records to ("Can assign records to"); visibility follows `grants`. */
  assignsTo: z.array(z.string()).default([]),
  /**
   * Only what has one of these values: `only: { city: [Chennai], product: [Parley CRM] }`, beside the grants. Records
   * that carry no such field are then narrowed to one's own.
   */
  only: z.partialRecord(z.enum(linkFields), z.array(z.string().min(1)).min(1)).optional(),
  grants: z.partialRecord(
    z.enum(['*', ...recordKinds]),
    z.partialRecord(z.enum(['*', ...actions]), z.enum(scopes)),
  ),
  /** What of the records is kept from them: `fields: { Lead: { phone: hidden, source: readonly } }`. */
  fields: fieldsSchema.optional(),
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
  const role = actor.rights ?? roles[actor.role];
  for (const [named, grants] of Object.entries(role?.grants ?? {})) {
    for (const [action, scope] of Object.entries(grants ?? {})) {
      const verb = action === '*' ? 'manage' : action;
      if (named === '*' && scope === 'all' && !role?.only) can(verb, 'all');
      // A rule each: CASL reads no `$or` inside a condition, and joins the rules with one when it makes the query.
      else
        for (const kind of named === '*' ? recordKinds : [named as RecordKind])
          for (const condition of conditionsFor(scope as Scope, actor, kind, role?.only))
            can(verb, kind, condition as never);
    }
  }
  return build();
}

/** The widest scope that a role has for this; undefined: none. `team` and `subtree` are both kept: they differ. */
export function scopesOf({ grants }: Pick<Role, 'grants'>, action: Action, kind: RecordKind): Scope[] {
  const given = [grants[kind], grants['*']].flatMap((rule) => [rule?.[action], rule?.['*']]);
  return scopes.filter((scope) => given.includes(scope));
}

/** Nobody gives what they have not: whether `giver` may do everything that `role` may. */
export function covers(giver: Role, role: Role): boolean {
  const wide = (own: Scope[], wanted: Scope) =>
    own.includes('all') || own.includes(wanted) || (wanted === 'own' && own.length > 0);
  const narrow = linkFields.every((field) => {
    const values = giver.only?.[field];
    return !values || (role.only?.[field]?.every((value) => values.includes(value)) ?? false);
  });
  return (
    narrow &&
    keepsAsMuch(giver.fields, role.fields) &&
    recordKinds.every((kind) =>
      actions.every((action) =>
        scopesOf(role, action, kind).every((scope) => wide(scopesOf(giver, action, kind), scope)),
      ),
    )
  );
}

function conditionsFor(
  scope: Scope,
  actor: UserActor,
  kind: RecordKind,
  only: Role['only'],
): (Record<string, unknown> | undefined)[] {
  if (only) {
    const fields = linkFields.filter((field) => only[field] && carried[kind]?.includes(field));
    const all = fields.length === Object.keys(only).length;
    const linked = Object.fromEntries(fields.map((field) => [field, { $in: only[field] }]));
    // A kind without the field cannot be told apart by it: what is left of it is what one owns oneself.
    const narrowed = all || !carriesWork(kind) ? scope : 'own';
    return conditionsFor(narrowed, actor, kind, undefined).map((condition) =>
      fields.length ? { ...condition, ...linked } : condition,
    );
  }
  if (scope !== 'all' && ownerless.includes(kind)) return [];
  const owner = ownerField(kind);
  if (scope === 'all') return [undefined];
  const { shared, apart } = customersOf(kind) && actor.sharing ? actor.sharing : { shared: [], apart: [] };
  if (scope === 'own')
    return [{ [owner]: actor.id }, ...(shared.length ? [{ teamIds: { $in: shared } }] : [])];
  if (scope === 'subtree') return [{ [owner]: { $in: [actor.id, ...actor.subordinateIds] } }];
  const open = actor.teamIds.filter((team) => !apart.includes(team));
  return [{ [owner]: actor.id }, { teamIds: { $in: open } }];
}

/** Kinds that speak of customers; a setting or a colleague has no city or product. */
const carriesWork = (kind: RecordKind): boolean =>
  !ownerless.includes(kind) && !['User', 'Notification', 'Report'].includes(kind);

/** Records of customers: these go by the ownership policy of a team or project. */
const customersOf = (kind: RecordKind): boolean => carriesWork(kind) && !['Task', 'Reminder'].includes(kind);

/** The field in which a record says whose it is. */
export const ownerField = (kind: RecordKind): string => owners[kind] ?? 'assigneeId';
const owners: Partial<Record<RecordKind, string>> = {
  User: '_id',
  Notification: 'userId',
  // Everybody whom it concerns: who gave it, who has it, who watches.
  Task: 'partyIds',
  Reminder: 'partyIds',
};
