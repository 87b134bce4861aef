/** Roles changed while running, who sees a record and why, and support acting as a colleague. */
import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { fieldsSchema } from '../../core/fields.ts';
import { actions, recordKinds, roleSchema } from '../../core/rights.ts';
import { text } from '../../core/validate.ts';

const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is lower-case letters, digits and dashes, e.g. team-lead');
export const roleView = roleSchema.extend({
  key: z.string(),
  /** 0: as in config/roles.yaml. */
  version: z.number(),
  changedBy: z.string().optional(),
  changedAt: z.string().optional(),
  /** Colleagues who have it. */
  people: z.number(),
});
export type RoleView = z.output<typeof roleView>;

export const listRoles = defineQuery({
  name: 'role.list',
  summary: 'Roles with what they grant',
  permission: { action: 'read', subject: 'Setting' },
  path: '/roles',
  input: z.object({}),
  output: z.object({
    items: z.array(roleView),
    kinds: z.array(z.string()),
    actions: z.array(z.string()),
    /** What can be kept from a role, by record kind. */
    fields: z.record(z.string(), z.array(z.string())),
  }),
});
export const saveRole = defineCommand({
  name: 'role.save',
  summary: 'Add or change a role; effective at once',
  permission: { action: 'update', subject: 'Setting' },
  input: roleSchema.extend({
    key,
    /** The version that was changed: refused when somebody else was quicker. */
    expected: z.number().int().nonnegative().optional(),
  }),
  output: z.object({ role: roleView }),
});
export const revertRole = defineCommand({
  name: 'role.revert',
  summary: 'Return a role to an earlier version; 0 is as shipped',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ key, version: z.number().int().nonnegative() }),
  output: z.object({ role: roleView }),
});

/** The kinds whose records can be asked about. */
export const accessKinds = recordKinds.filter(
  (kind) => !['Flow', 'Setting', 'DeadLetter', 'Audit', 'Report'].includes(kind),
);
export const recordAccess = defineQuery({
  name: 'user.access',
  summary: 'Who can see this record, and why',
  permission: { action: 'read', subject: 'User' },
  path: '/access/:kind/:recordId',
  input: z.object({
    kind: z.enum(recordKinds).refine((kind) => accessKinds.includes(kind), 'has no owner'),
    recordId: z.string(),
    action: z.enum(actions).default('read'),
  }),
  output: z.object({
    items: z.array(
      z.object({
        userId: z.string(),
        name: z.string(),
        role: z.string(),
        allowed: z.boolean(),
        /** In words: by which grant, or what is missing. */
        why: z.string(),
      }),
    ),
  }),
});

export const impersonate = defineCommand({
  name: 'user.impersonate',
  summary: 'Act as a colleague, to help them; for an hour, and noted in the audit',
  permission: { action: 'update', subject: 'User' },
  secret: ['token'],
  input: z.object({ id: z.string(), reason: text(500) }),
  output: z.object({ token: z.string(), expiresAt: z.string(), name: z.string() }),
});

export const rolesChanged = defineEvent(
  'role.changed',
  'A role was added or changed',
  z.object({ key: z.string() }),
);
/** For modules: the roles as they stand. */
export const findRoles = defineQuery({
  name: 'role.find',
  summary: 'Roles as they stand (internal)',
  permission: 'system',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        assignsTo: z.array(z.string()),
        fields: fieldsSchema.optional(),
      }),
    ),
  }),
});
