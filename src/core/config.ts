/** Reads the environment (the only place that does) and `config/`, and reports every fault at once. */

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import {
  type AppConfig,
  appSchema,
  channelsSchema,
  type Environment,
  environmentSchema,
  type NoticePolicy,
  type NotificationRule,
  notificationsSchema,
  type Pipeline,
  pipelineSchema,
  rolesSchema,
} from './config-schema.ts';
import type { Roles } from './rights.ts';
import { checkAll } from './validate.ts';
import { parseYaml } from './yaml.ts';

/** An account of config/channels.yaml; `missing` names the environment variables that it still needs. */
export type AccountConfig = {
  id: string;
  channel: string;
  settings: Record<string, unknown>;
  missing: string[];
  /** Settings that are one variable each. */
  slots?: SettingSlot[];
};
/** `path`: where in the settings, `appSecrets.0`; `from`: who gave the value in use, absent when nobody did. */
export type SettingSlot = { path: string; name: string; from?: 'environment' | 'console' };

export type Config = {
  env: Environment;
  app: AppConfig;
  roles: Roles;
  accounts: AccountConfig[];
  /** The one in use first. */
  pipelines: Pipeline[];
  notifications: NotificationRule[];
  /** Quiet hours and the time of digests, as shipped. */
  noticePolicy: NoticePolicy;
  /** Absolute folder of the YAML files; flows are loaded from `<dir>/flows` by the flow engine. */
  dir: string;
  dataDir: string;
  secret: string;
  /** Reads everything anew, as it stands now. @param kept what the console has set. @throws ConfigError */
  again(kept?: Record<string, string>): Config;
};

export class ConfigError extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(
      `The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** The first account of a channel by which customers are written to; those that colleagues work with are theirs alone. */
export const customerAccount = (
  { accounts }: Pick<Config, 'accounts'>,
  name: string,
  fits: (account: AccountConfig) => boolean = () => true,
): AccountConfig | undefined =>
  accounts.find(
    (account) =>
      account.channel === name &&
      !account.missing.length &&
      account.settings.audience !== 'staff' &&
      fits(account),
  );
/** Where mail is sent from. */
export const mailAccount = (config: Pick<Config, 'accounts'>): AccountConfig | undefined =>
  customerAccount(config, 'email');

/**
 * @param overrides wins over the process's environment: for tests and for the command line's options.
 * @param kept variables of channel accounts that the console has set: the environment wins over them.
 */
export function loadConfig(
  overrides: Record<string, string | undefined> = {},
  kept: Record<string, string> = {},
): Config {
  const faults: string[] = [];
  const variables = { ...secretsOf({ ...process.env, ...overrides }, faults), ...overrides };
  const env = checkAll('environment', environmentSchema, clean(variables), faults);
  const dir = resolve(variables.PARLEY_CONFIG || 'config');
  const dataDir = resolve(env?.PARLEY_DATA ?? 'data');
  const file = <S extends z.ZodType>(name: string, schema: S) =>
    checkAll(name, schema, readYaml(join(dir, name), faults), faults);

  const app = file('app.yaml', appSchema);
  const roles = file('roles.yaml', rolesSchema);
  const channels = file('channels.yaml', channelsSchema);
  const notifications = file('notifications.yaml', notificationsSchema);
  const pipelines = yamlFiles(join(dir, 'pipelines')).map((name) =>
    file(`pipelines/${name}`, pipelineSchema),
  );
  const inUse = pipelines.findIndex((pipeline) => pipeline?.name === app?.leads.pipeline);
  if (app && inUse < 0 && pipelines.every(Boolean))
    faults.push(
      `app.yaml: leads.pipeline: ${app.leads.pipeline} is none of ${pipelines.map((pipeline) => pipeline!.name).join(', ')}`,
    );
  if (faults.length) throw new ConfigError(faults);

  return {
    env: env!,
    app: app!,
    roles: roles!.roles,
    accounts: channels!.accounts.map((account) => fillIn(account, variables, kept)),
    pipelines: [pipelines[inUse], ...pipelines.toSpliced(inUse, 1)] as Pipeline[],
    notifications: notifications!.rules,
    noticePolicy: notifications!.policy,
    dir,
    dataDir,
    secret: env!.PARLEY_SECRET ?? keptSecret(dataDir),
    again: (kept) => loadConfig(overrides, kept),
  };
}

function readYaml(path: string, faults: string[]): unknown {
  if (!existsSync(path)) {
    faults.push(`${path}: is missing`);
    return undefined;
  }
  try {
    return parseYaml(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    faults.push(`${path}: ${(error as Error).message}`);
    return undefined;
  }
}

/** `PARLEY_SECRETS` names a file of `NAME=value` lines: they win over the environment, and can change while we run. */
function secretsOf(
  variables: Record<string, string | undefined>,
  faults: string[],
): Record<string, string | undefined> {
  const path = variables.PARLEY_SECRETS;
  if (!path) return variables;
  try {
    return { ...variables, ...parseEnv(readFileSync(path, 'utf8')) };
  } catch (error) {
    faults.push(`PARLEY_SECRETS: ${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`);
    return variables;
  }
}

const yamlFiles = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
    : [];

const variable = /\$\{([A-Z0-9_]+)(?::-([^}]*))?\}/g;
const oneVariable = new RegExp(`^${variable.source}$`);

/** `${NAME}` in a setting becomes the variable's value; what is not set is listed, and the account stays closed. */
function fillIn(
  account: { id: string; channel: string; settings: Record<string, unknown> },
  variables: Record<string, string | undefined>,
  kept: Record<string, string>,
): AccountConfig {
  const missing = new Set<string>();
  const slots: SettingSlot[] = [];
  const fill = (value: unknown, path: string[]): unknown => {
    if (typeof value === 'string') {
      const [, only] = oneVariable.exec(value) ?? [];
      if (only) slots.push({ path: path.join('.'), name: only, ...giverOf(only) });
      return value.replace(variable, (_, name: string, fallback?: string) => {
        const found = variables[name] || kept[name] || fallback;
        if (found === undefined) missing.add(name);
        return found ?? '';
      });
    }
    if (Array.isArray(value)) return value.map((inner, n) => fill(inner, [...path, String(n)]));
    if (value && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, fill(inner, [...path, key])]),
      );
    return value;
  };
  const giverOf = (name: string): Pick<SettingSlot, 'from'> =>
    variables[name] ? { from: 'environment' } : kept[name] ? { from: 'console' } : {};
  const settings = fill(account.settings, []) as Record<string, unknown>;
  return { id: account.id, channel: account.channel, settings, missing: [...missing], slots };
}

const clean = (variables: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));

/** Made once and kept, so that links and sessions outlive a restart. */
function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString('hex');
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}
