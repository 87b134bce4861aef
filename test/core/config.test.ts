import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConfigError, loadConfig } from '../../src/core/config.ts';

describe('the configuration', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-config-'));
    cpSync('config', join(folder, 'config'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const load = (more: Record<string, string> = {}) =>
    loadConfig({ PARLEY_CONFIG: join(folder, 'config'), PARLEY_DATA: join(folder, 'data'), ...more });

  it('that ships is without fault', () => {
    expect(load().app.organisation.name).toBe('RSoft');
  });

  it('reports every fault at once, each with its place', () => {
    writeFileSync(
      join(folder, 'config/channels.yaml'),
      'accounts: [{ id: "Not Allowed", channel: webchat }]',
    );
    writeFileSync(
      join(folder, 'config/roles.yaml'),
      'roles: { boss: { label: Boss, grants: { Lead: { read: everything } } } }',
    );
    let faults: string[] = [];
    try {
      load({ PORT: 'eighty' });
    } catch (error) {
      faults = (error as ConfigError).faults;
    }
    expect(faults.map((fault) => fault.split(': ').slice(0, 2).join(': '))).toEqual(
      expect.arrayContaining([
        'environment: PORT',
        'roles.yaml: roles.boss.grants.Lead.read',
        'channels.yaml: accounts.0.id',
      ]),
    );
  });

  it('keeps one secret over restarts when none is given, readable by its owner alone', () => {
    const first = load().secret;
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(load().secret).toBe(first);
  });

  it('says which variables an account still needs, and fills those that are set', () => {
    const account = (more: Record<string, string>) =>
      load(more).accounts.find(({ channel }) => channel === 'whatsapp')!;
    expect(account({ WHATSAPP_ACCESS_TOKEN: 'abc' }).missing).toEqual(
      expect.arrayContaining(['WHATSAPP_PHONE_NUMBER_ID', 'WHATSAPP_APP_SECRET']),
    );
    expect(account({ WHATSAPP_ACCESS_TOKEN: 'abc' }).settings.accessToken).toBe('abc');
  });
});
