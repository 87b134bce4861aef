/**
 * A mail system of its own on loopback: Postfix (submission with login and STARTTLS, MX) delivering by LMTP to Dovecot
 * (IMAPS), in the foreground, with its configuration, certificate, queue and mailboxes in a temporary folder.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { makeCertificate } from '../certificate.ts';
import { type Ports, type User, writeDovecot, writePostfix } from './mail-config.ts';

export type { User } from './mail-config.ts';
export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

export async function startMailServer(users: User[]) {
  check();
  const dir = mkdtempSync(join(tmpdir(), 'mail-'));
  chmodSync(dir, 0o755);
  const ports: Ports = {
    imaps: await freePort(),
    lmtp: await freePort(),
    auth: await freePort(),
    submission: await freePort(),
    mx: await freePort(),
  };
  const cert = makeCertificate(dir, 'mail.example.test');
  const dovecotFile = writeDovecot(dir, ports, cert, users);
  const postfixDir = writePostfix(dir, ports, cert, users);

  let dovecot = await run('dovecot', ['-F', '-c', dovecotFile], ports.imaps);
  const postfix = await run('postfix', ['-c', postfixDir, 'start-fg'], ports.submission);

  const inbox = async (address: string): Promise<ParsedMail[]> => {
    const { password } = users.find((user) => user.address === address)!;
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: ports.imaps,
      secure: true,
      auth: { user: address, pass: password },
      tls: { ca: cert.cert },
      logger: false,
    });
    await client.connect();
    try {
      await client.mailboxOpen('INBOX', { readOnly: true });
      const mails = await client.fetchAll('1:*', { source: true, uid: true });
      return await Promise.all(mails.map(({ source }) => simpleParser(source!)));
    } finally {
      client.close();
    }
  };

  return {
    ports,
    caFile: cert.certFile,
    inbox,
    /** Mail from outside, at the MX, without a login: as strangers write. */
    async deliver(raw: string | Buffer, { from, to }: { from: string; to: string }): Promise<void> {
      const transport = createTransport({ host: '127.0.0.1', port: ports.mx, ignoreTLS: true });
      await transport.sendMail({ envelope: { from, to }, raw });
      transport.close();
    },
    /** Resolves when the address has so many mails. */
    async until(address: string, count: number): Promise<ParsedMail[]> {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
        const mails = await inbox(address);
        if (mails.length >= count) return mails;
      }
      throw new Error(`${address} did not get ${count} mail(s)`);
    },
    /** Ends every IMAP connection, as a server's restart does. */
    async restartImap(): Promise<void> {
      await end(dovecot, () => execFileSync('doveadm', ['-c', dovecotFile, 'stop']));
      dovecot = await run('dovecot', ['-F', '-c', dovecotFile], ports.imaps);
    },
    async stop(): Promise<void> {
      await end(postfix, () => execFileSync('postfix', ['-c', postfixDir, 'stop'], { stdio: 'ignore' }));
      await end(dovecot, () => execFileSync('doveadm', ['-c', dovecotFile, 'stop']));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function check(): void {
  const missing = [
    ['/usr/sbin/postfix', 'postfix'],
    ['/usr/sbin/dovecot', 'dovecot-imapd'],
    ['/usr/lib/dovecot/lmtp', 'dovecot-lmtpd'],
  ].filter(([path]) => !existsSync(path!));
  if (missing.length)
    throw new Error(
      `The e-mail tests need Postfix and Dovecot. Install them: apt-get install ${missing.map(([, name]) => name).join(' ')}`,
    );
  if (process.getuid?.() !== 0)
    throw new Error('The e-mail tests start Postfix and Dovecot, which only root may: run them as root.');
}

/** Starts a server and waits until its port answers; its end before that is an error with what it said. */
async function run(command: string, args: string[], port: number): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream!.on('data', (data) => {
      said += data;
    });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    await sleep(30);
  }
  return child;
}

async function end(child: ChildProcess, stop: () => unknown): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  stop();
  await exited;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
