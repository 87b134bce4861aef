import mongoose, { Schema } from 'mongoose';
import type { Role } from '../../core/rights.ts';
import type { ProjectView } from './contract-projects.ts';
import type { Ownership } from './contract-teams.ts';

/** A chat account that a colleague has proved to be theirs. Keyed on the provider's ids; names and mails are never trusted. */
export type LinkedAccount = { channel: string; account: string; thread: string; name?: string };

export type UserDocument = {
  _id: string;
  email: string;
  name: string;
  role: string;
  teamIds: string[];
  /** Projects that they work in: see `ProjectDocument`. */
  projectIds?: string[];
  managerId?: string;
  active: boolean;
  absent: boolean;
  passwordHash?: string;
  linked: LinkedAccount[];
  /** Round-robin: whoever has the lowest goes next; per queue. */
  turns: Record<string, string>;
  createdAt: Date;
};

const userSchema = new Schema<UserDocument>(
  {
    _id: String,
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    teamIds: [String],
    projectIds: { type: [String], default: undefined },
    managerId: String,
    active: { type: Boolean, default: true },
    absent: { type: Boolean, default: false },
    passwordHash: String,
    linked: [{ _id: false, channel: String, account: String, thread: String, name: String }],
    turns: { type: Schema.Types.Mixed, default: {} },
    createdAt: Date,
  },
  { versionKey: false, minimize: false },
);
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ role: 1, active: 1 });
userSchema.index({ 'linked.thread': 1, 'linked.channel': 1 });
export const UserModel = mongoose.model<UserDocument>('User', userSchema, 'users');

/** What a role grants since it was changed in the console; the newest version counts. */
export type RoleVersionDocument = {
  _id: string;
  key: string;
  version: number;
  role: Role;
  by: string;
  at: Date;
};
const roleVersionSchema = new Schema<RoleVersionDocument>(
  {
    _id: String,
    key: { type: String, required: true },
    version: { type: Number, required: true },
    role: { type: Schema.Types.Mixed, required: true },
    by: String,
    at: Date,
  },
  { versionKey: false, minimize: false },
);
roleVersionSchema.index({ key: 1, version: -1 }, { unique: true });
export const RoleVersionModel = mongoose.model<RoleVersionDocument>(
  'RoleVersion',
  roleVersionSchema,
  'roleversions',
);

export type TeamDocument = { _id: string; name: string; ownership?: Ownership };
const teamSchema = new Schema<TeamDocument>(
  { _id: String, name: { type: String, required: true }, ownership: String },
  { versionKey: false },
);
teamSchema.index({ name: 1 }, { unique: true });
export const TeamModel = mongoose.model<TeamDocument>('Team', teamSchema, 'teams');

export type ProjectDocument = { _id: string } & Pick<ProjectView, 'name' | 'ownership' | 'when' | 'active'>;
const projectSchema = new Schema<ProjectDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    ownership: { type: String, required: true },
    when: { type: Schema.Types.Mixed, default: {} },
    active: { type: Boolean, default: true },
  },
  { versionKey: false, minimize: false },
);
projectSchema.index({ name: 1 }, { unique: true });
export const ProjectModel = mongoose.model<ProjectDocument>('Project', projectSchema, 'projects');

/** A signed-in browser or an API token; only the hash of its secret is kept. */
export type SessionDocument = {
  _id: string;
  userId: string;
  kind: 'session' | 'token';
  name?: string;
  /** Support acts as this user. */
  by?: { id: string; name: string };
  createdAt: Date;
  expiresAt?: Date;
};
const sessionSchema = new Schema<SessionDocument>(
  {
    _id: String,
    userId: { type: String, required: true },
    kind: String,
    name: String,
    by: { type: { id: String, name: String }, default: undefined, _id: false },
    createdAt: Date,
    expiresAt: { type: Date, expires: 0 },
  },
  { versionKey: false },
);
sessionSchema.index({ userId: 1 });
export const SessionModel = mongoose.model<SessionDocument>('Session', sessionSchema, 'sessions');

/** A single-use secret: to set a password, or to link a chat account. Only its hash is kept; tries are limited. */
export type OneTimeDocument = {
  _id: string;
  kind: 'password' | 'link' | 'text';
  userId: string;
  expiresAt: Date;
  claim?: LinkedAccount;
  claimId?: string;
};
const oneTimeSchema = new Schema<OneTimeDocument>(
  {
    _id: String,
    kind: String,
    userId: String,
    expiresAt: { type: Date, expires: 0 },
    claim: { type: Schema.Types.Mixed },
    claimId: String,
  },
  { versionKey: false },
);
oneTimeSchema.index({ userId: 1, kind: 1 });
export const OneTimeModel = mongoose.model<OneTimeDocument>('OneTime', oneTimeSchema, 'onetimes');

/** Wrong link codes per chat account, forgotten after ten minutes. */
export type TriesDocument = { _id: string; count: number; at: Date };
export const TriesModel = mongoose.model<TriesDocument>(
  'Tries',
  new Schema<TriesDocument>(
    { _id: String, count: Number, at: { type: Date, expires: 600 } },
    { versionKey: false },
  ),
  'tries',
);
