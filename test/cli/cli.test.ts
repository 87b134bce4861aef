/** The command line as a person uses it: the shell script, its output, its exit code. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';

const parley = resolve('bin/parley');

describe('bin/parley', () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-cli-'));
  });
  afterAll(async () => {
    for (const child of children) {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const environment = (more: Record<string, string> = {}) => ({
    ...process.env,
    PARLEY_DATA: join(folder, 'data'),
    LOG_LEVEL: 'warn',
    MONGODB_URI: '',
    ...more,
  });
  const run = (args: string[], input = '') =>
    new Promise<{ code: number; out: string; err: string }>((done) => {
      const child = execFile(parley, args, { env: environment() }, (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      );
      child.stdin!.end(input);
    });
  /** Starts what goes on; resolves with its first line that fits. */
  async function start(args: string[], line: RegExp, more: Record<string, string> = {}): Promise<string> {
    const child = spawn(parley, args, { env: environment(more), stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    for await (const text of createInterface({ input: child.stdout! })) {
      const found = line.exec(text);
      if (found) return found[1]!;
    }
    throw new Error(`${args.join(' ')} ended without saying ${line}`);
  }
  const freePort = () =>
    new Promise<string>((done) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        server.close(() => done(String(port)));
      });
    });

  it('adds a colleague whose password comes by standard input, who then signs in to the running server [M60] [M66]', async () => {
    const address = await start(['start'], /: (http:\/\/\S+)$/, { PORT: '0' });
    const added = await run(
      [
        'user',
        'create',
        '--email',
        'kiran@example.com',
        '--name',
        'Kiran',
        '--role',
        'tele-caller',
        '--password-stdin',
      ],
      'a password for Kiran\n',
    );
    expect(added).toMatchObject({ code: 0, out: 'Added Kiran <kiran@example.com> as tele-caller.\n' });
    const signIn = await fetch(`${address}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'kiran@example.com', password: 'a password for Kiran' }),
    });
    expect(signIn.status).toBe(200);

    const token = (await run(['token', 'create', '--email', 'kiran@example.com'])).out.trim();
    const me = await fetch(`${address}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await me.json()).toMatchObject({ user: { name: 'Kiran', role: 'tele-caller' } });
  });

  it('refuses a colleague with a role that does not exist, in words, and ends with 1', async () => {
    const refused = await run([
      'user',
      'create',
      '--email',
      'x@example.com',
      '--name',
      'X',
      '--role',
      'king',
    ]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('role: is none of administrator, manager, tele-caller');
  });

  it('serves the embedded store alone, to any MongoDB driver on this machine', async () => {
    const port = await freePort();
    const uri = await start(
      ['store', '--data', join(folder, 'alone'), '--port', port, '--no-auth'],
      /^(mongodb:\S+)$/,
    );
    const client = await new MongoClient(uri).connect();
    const things = client.db('test').collection('things');
    await client.withSession((session) =>
      session.withTransaction(() => things.insertOne({ name: 'one' }, { session })),
    );
    expect(await things.countDocuments({ name: 'one' })).toBe(1);
    await client.close();
  });

  it('holds conversations from a file with an injected clock: facts, transcript, records [M10] [M86]', async () => {
    const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
    const turns = ['Hi', 'RSoft CRM', 'Priya Nair', '98450 12399', 'tomorrow 5 pm', 'yes'];
    writeFileSync(input, `${JSON.stringify({ id: 'one', channel: 'webchat', turns })}\n`);
    const done = await run([
      'simulate',
      '--in',
      input,
      '--out',
      output,
      '--now',
      '2026-03-11T05:00:00Z',
      '--timezone',
      'Asia/Kolkata',
    ]);
    expect(done.code).toBe(0);
    const result = JSON.parse(readFileSync(output, 'utf8'));
    expect(result).toMatchObject({
      id: 'one',
      facts: {
        name: 'Priya Nair',
        phone: '+919845012399',
        product: 'RSoft CRM',
        appointment: '2026-03-12 17:00',
        language: 'en',
        wantsHuman: false,
        optedOut: false,
      },
    });
    expect(
      result.transcript.filter(({ direction }: { direction: string }) => direction === 'in'),
    ).toHaveLength(6);
    expect(result.records.leads).toHaveLength(1);
  });

  it('says what is configured, what is missing and where to get it', async () => {
    const { out } = await run(['doctor']);
    expect(out).toMatch(/✓ Node\.js 24/);
    expect(out).toMatch(/✓ webchat website/);
    expect(out).toMatch(/– whatsapp main: set .*WHATSAPP_ACCESS_TOKEN.*Meta for Developers/);
  });
});
