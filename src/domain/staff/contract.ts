import { z } from 'zod';
import type { UserActor } from '../../core/actor.ts';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';

export const userView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  teamIds: z.array(z.string()),
  managerId: z.string().optional(),
  active: z.boolean(),
  absent: z.boolean(),
  linked: z.array(
    z.object({ channel: z.string(), account: z.string(), thread: z.string(), name: z.string().optional() }),
  ),
});
export type UserView = z.output<typeof userView>;
const password = z.string().min(10, 'must have at least 10 characters').max(200);

export const createUser = defineCommand({
  name: 'user.create',
  summary: 'Add a colleague',
  permission: { action: 'create', subject: 'User' },
  secret: ['password', 'setPasswordToken'],
  input: z.object({
    email: z.email().toLowerCase(),
    name: text(120),
    role: z.string(),
    password: password.optional(),
    teamIds: z.array(z.string()).default([]),
    managerId: z.string().optional(),
  }),
  output: z.object({
    user: userView,
    /** Where a user without password sets one; single use, 72 h. */ setPasswordToken: z.string().optional(),
  }),
});
export const updateUser = defineCommand({
  name: 'user.update',
  summary: 'Change a colleague: role, teams, manager, absence, active',
  permission: { action: 'update', subject: 'User' },
  input: z.object({
    id: z.string(),
    name: text(120).optional(),
    role: z.string().optional(),
    teamIds: z.array(z.string()).optional(),
    managerId: z.string().nullable().optional(),
    active: z.boolean().optional(),
    absent: z.boolean().optional(),
  }),
  output: z.object({ user: userView }),
});
export const listUsers = defineQuery({
  name: 'user.list',
  summary: 'Colleagues that you may see',
  permission: { action: 'read', subject: 'User' },
  path: '/users',
  input: z.object({ search: z.string().optional(), active: z.stringbool().or(z.boolean()).optional() }),
  output: z.object({ items: z.array(userView), total: z.number() }),
});
/** People I may assign a record to (myself included): `assigns to` of my role, active only. */
export const listAssignees = defineQuery({
  name: 'user.assignees',
  summary: 'Whom you may assign records to',
  permission: 'signed-in',
  path: '/users/assignees',
  input: z.object({}),
  output: z.object({ items: z.array(userView) }),
});
/** For modules: users by id or role, whoever asks. */
export const findUsers = defineQuery({
  name: 'user.find',
  summary: 'Users by id, role or linked chat account (internal)',
  permission: 'system',
  input: z.object({
    ids: z.array(z.string()).optional(),
    roles: z.array(z.string()).optional(),
    linked: z.object({ channel: z.string(), account: z.string(), thread: z.string() }).optional(),
    activeOnly: z.boolean().default(true),
  }),
  output: z.object({ items: z.array(userView) }),
});
export const actorFor = defineQuery({
  name: 'user.actor',
  summary: 'A user as who acts, with the rights of this moment (internal)',
  permission: 'system',
  input: z.object({ userId: z.string() }),
  /** Absent: gone or deactivated. */
  output: z.object({ actor: z.custom<UserActor>().optional() }),
});
/** Round-robin: the next active, present user of these roles; the turn moves on in the same transaction. */
export const nextAssignee = defineCommand({
  name: 'user.next',
  summary: 'Whose turn it is (internal)',
  permission: 'system',
  input: z.object({
    roles: z.array(z.string()).default(['tele-caller']),
    queue: z.string().default('leads'),
    /** Only these, of whatever role. */
    among: z.array(z.string()).optional(),
  }),
  output: z.object({ user: userView.optional() }),
});
/** Looks without moving the turn on. */
export const upNext = defineQuery({
  name: 'user.upNext',
  summary: 'Whose turn it would be (internal)',
  permission: 'system',
  input: z.object({ among: z.array(z.string()), queue: z.string().default('leads') }),
  output: z.object({ user: userView.optional() }),
});
export const me = defineQuery({
  name: 'user.me',
  summary: 'Who I am and what I may do',
  permission: 'signed-in',
  path: '/me',
  input: z.object({}),
  output: z.object({
    user: userView,
    commands: z.array(z.string()),
    brand: z.string(),
    timezone: z.string(),
    locale: z.string(),
    /** Who of the support acts as this user; shown on every page. */
    impersonatedBy: z.string().optional(),
  }),
});
export const setPassword = defineCommand({
  name: 'user.setPassword',
  summary: 'Set a password with a one-time link',
  permission: 'public',
  secret: ['token', 'password'],
  input: z.object({ token: z.string(), password }),
  output: z.object({ email: z.string() }),
});
/** For whoever forgot theirs; the old password works until the new one is set. */
export const linkPassword = defineCommand({
  name: 'user.passwordLink',
  summary: 'Make a one-time link with which a colleague sets a new password',
  permission: { action: 'update', subject: 'User' },
  secret: ['setPasswordToken'],
  input: z.object({ id: z.string() }),
  output: z.object({ setPasswordToken: z.string() }),
});
/** Linking a chat account: code in the console → said in a private chat → confirmed in the console. */
export const startLink = defineCommand({
  name: 'link.start',
  summary: 'Get a code that links your Slack account',
  permission: 'signed-in',
  secret: ['code'],
  input: z.object({}),
  output: z.object({ code: z.string(), expiresAt: z.string() }),
});
export const claimLink = defineCommand({
  name: 'link.claim',
  summary: 'Enter a link code in chat (internal)',
  permission: 'system',
  secret: ['code'],
  input: z.object({
    code: z.string(),
    channel: z.string(),
    account: z.string(),
    thread: z.string(),
    name: z.string().optional(),
  }),
  output: z.object({ claimed: z.boolean() }),
});
export const pendingLinks = defineQuery({
  name: 'link.pending',
  summary: 'Chat accounts that claimed your code',
  permission: 'signed-in',
  path: '/links',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        channel: z.string(),
        account: z.string(),
        thread: z.string(),
        name: z.string().optional(),
      }),
    ),
  }),
});
export const confirmLink = defineCommand({
  name: 'link.confirm',
  summary: 'Confirm that this chat account is yours',
  permission: 'signed-in',
  input: z.object({ id: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
export const unlink = defineCommand({
  name: 'link.remove',
  summary: 'Unlink a chat account',
  permission: 'signed-in',
  input: z.object({ channel: z.string(), account: z.string(), thread: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
export const undoLast = defineCommand({
  name: 'undo',
  summary: 'Undo your last change',
  permission: 'signed-in',
  input: z.object({}),
  output: z.object({ command: z.string(), text: z.string() }),
  chat: { verb: 'undo', slots: [], example: 'undo' },
});

export const userChanged = defineEvent(
  'user.changed',
  'A user was added or changed',
  z.object({ userId: z.string() }),
);

export * from './contract-audit.ts';
export * from './contract-projects.ts';
export * from './contract-roles.ts';
export * from './contract-teams.ts';
export * from './contract-text-links.ts';
export * from './contract-turns.ts';
