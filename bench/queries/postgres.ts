/**
 * A PostgreSQL of its own in a folder, with the leads and the indexes that ours has, or the one that is there already.
 * As root it runs as `postgres`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchLead } from './data.ts';

const root = '/usr/lib/postgresql';
export type Postgres = {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  fill(count: number, lead: (n: number) => BenchLead): Promise<void>;
  version: string;
  /** Nothing is in it yet. */
  isNew: boolean;
  close(): Promise<void>;
};

/** @returns undefined where PostgreSQL is not installed. */
export async function startPostgres(folder: string): Promise<Postgres | undefined> {
  if (!existsSync(root)) return undefined;
  // A peer, installed for the bench alone: npm install --prefix bench --ignore-scripts
  const peer: string = 'pg';
  const { default: pg } = await import(peer);
  const bin = join(root, readdirSync(root).sort().at(-1)!, 'bin');
  const data = join(folder, 'postgres');
  const isNew = !existsSync(data);
  mkdirSync(data, { mode: 0o700, recursive: true });
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (user.uid !== undefined) {
    chmodSync(folder, 0o755);
    chownSync(data, user.uid, user.gid);
  }
  if (isNew)
    execFileSync(
      join(bin, 'initdb'),
      ['-D', data, '-A', 'trust', '-U', 'bench', '-E', 'UTF8', '--locale=C'],
      user,
    );
  const settings = [
    'shared_buffers=512MB',
    'work_mem=32MB',
    'maintenance_work_mem=256MB',
    'listen_addresses=',
  ];
  const args = ['-D', data, '-k', data, ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(bin, 'postgres'), args, { ...user, stdio: 'ignore' });
  const client = await connect(() => new pg.Client({ host: data, user: 'bench', database: 'postgres' }));
  const { rows } = await client.query('SHOW server_version');
  return {
    version: String(rows[0].server_version),
    isNew,
    query: (text, values) => client.query(text, values),
    fill: (count, lead) => fill(client, count, lead),
    async close() {
      await client.end();
      server.kill('SIGINT');
      await new Promise((resolve) => server.once('exit', resolve));
    },
  };
}

async function connect(make: () => any): Promise<any> {
  for (let attempt = 0; ; attempt++) {
    const client = make();
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (attempt === 100) throw error;
      await delay(100);
    }
  }
}

const columns = {
  id: 'text PRIMARY KEY',
  number: 'integer UNIQUE',
  name: 'text',
  phone: 'text',
  email: 'text',
  source: 'text',
  stage: 'text',
  hot: 'boolean',
  assignee_id: 'text',
  created_at: 'timestamptz',
  last_activity_at: 'timestamptz',
  follow_up_at: 'timestamptz',
  closed_at: 'timestamptz',
};

async function fill(client: any, count: number, lead: (n: number) => BenchLead): Promise<void> {
  const names = Object.keys(columns);
  await client.query(
    `CREATE TABLE leads (${names.map((name) => `${name} ${columns[name as 'id']}`).join(', ')})`,
  );
  await client.query(
    'CREATE TABLE tokens (token text, lead_id text, assignee_id text, created_at timestamptz)',
  );
  for (let at = 0; at < count; at += 5000) {
    const some = Array.from({ length: Math.min(5000, count - at) }, (_, i) => lead(at + i));
    await client.query(`INSERT INTO leads SELECT * FROM json_populate_recordset(NULL::leads, $1)`, [
      JSON.stringify(some.map(rowOf)),
    ]);
    await client.query(`INSERT INTO tokens SELECT * FROM json_populate_recordset(NULL::tokens, $1)`, [
      JSON.stringify(
        some.flatMap(({ _id, assigneeId, createdAt, search }) =>
          search.map((token) => ({ token, lead_id: _id, assignee_id: assigneeId, created_at: createdAt })),
        ),
      ),
    ]);
  }
  for (const owner of ['', 'assignee_id, ']) {
    for (const order of [
      'created_at DESC, id DESC',
      'stage, created_at DESC, id DESC',
      'hot, created_at DESC, id DESC',
      'source, created_at DESC, id DESC',
      'last_activity_at DESC, id DESC',
      'follow_up_at, id',
    ])
      await client.query(`CREATE INDEX ON leads (${owner}${order})`);
    await client.query(`CREATE INDEX ON tokens (${owner}token text_pattern_ops, created_at DESC)`);
  }
  await client.query('VACUUM ANALYZE');
}

const rowOf = (lead: BenchLead) => ({
  id: lead._id,
  number: lead.number,
  name: lead.name,
  phone: lead.phone,
  email: lead.email,
  source: lead.source,
  stage: lead.stage,
  hot: lead.hot,
  assignee_id: lead.assigneeId,
  created_at: lead.createdAt,
  last_activity_at: lead.lastActivityAt,
  follow_up_at: 'followUpAt' in lead ? lead.followUpAt : null,
  closed_at: 'closedAt' in lead ? lead.closedAt : null,
});

const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
