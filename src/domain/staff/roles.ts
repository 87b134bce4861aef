/** Roles as they stand: config/roles.yaml, overridden by the newest version that was made while running. */
import type { Config } from '../../core/config.ts';
import type { Role, Roles } from '../../core/rights.ts';
import { invalid } from '../../core/validate.ts';
import { type RoleVersionDocument, RoleVersionModel } from './model.ts';

/** Of one role, for whoever acts with it; read anew for each request, so that a change is effective everywhere at once. */
export async function overrideOf(key: string): Promise<Role | undefined> {
  return (await newestVersion(key))?.role;
}

export const newestVersion = (key: string): Promise<RoleVersionDocument | null> =>
  RoleVersionModel.findOne({ key }).sort({ version: -1 }).lean<RoleVersionDocument>().exec();

export async function rolesNow({ roles }: Pick<Config, 'roles'>): Promise<Roles> {
  const newest = await newestVersions();
  return { ...roles, ...Object.fromEntries([...newest].map(([key, { role }]) => [key, role])) };
}

/** Each role that was ever changed, with its newest version. */
export async function newestVersions(): Promise<Map<string, RoleVersionDocument>> {
  const versions = await RoleVersionModel.find().sort({ key: 1, version: 1 }).lean<RoleVersionDocument[]>();
  return new Map(versions.map((version) => [version.key, version]));
}

/** @throws input.invalid for a role that there is not. */
export function knownRole(roles: Roles, key: string): Role {
  const role = Object.hasOwn(roles, key) ? roles[key] : undefined;
  if (role) return role;
  const known = Object.keys(roles).join(', ');
  throw invalid('role', `is none of ${known}`);
}
