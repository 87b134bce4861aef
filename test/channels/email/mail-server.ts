/**
 * A mail system of its own on loopback: Postfix (submission with login and STARTTLS, MX) delivering by LMTP to Dovecot
 * (IMAPS), in the foreground, with its configuration, certificate, queue and mailboxes in a temporary folder.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';

export type User = { address: string; password: string };
export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

export async function startMailServer(users: User[]) {
  check();
  const dir = mkdtempSync(join(tmpdir(), 'mail-'));
  chmodSync(dir, 0o755);
  const ports = {
    imaps: await freePort(),
    lmtp: await freePort(),
    auth: await freePort(),
    submission: await freePort(),
    mx: await freePort(),
  };
  const cert = makeCertificate(dir);
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
      tls: { ca: readFileSync(cert.certFile) },
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

function makeCertificate(dir: string) {
  const [keyFile, certFile] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=mail.example.test',
      '-addext',
      'subjectAltName=DNS:mail.example.test,IP:127.0.0.1',
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ],
    { stdio: 'ignore' },
  );
  return { keyFile, certFile };
}

type Ports = Record<'imaps' | 'lmtp' | 'auth' | 'submission' | 'mx', number>;
type Certificate = ReturnType<typeof makeCertificate>;
const nobody = 65534;

function writeDovecot(dir: string, ports: Ports, { keyFile, certFile }: Certificate, users: User[]): string {
  const mail = join(dir, 'mail');
  mkdirSync(mail);
  chownSync(mail, nobody, nobody);
  writeFileSync(
    join(dir, 'users'),
    users
      .map(
        ({ address, password }) => `${address}:{PLAIN}${password}:${nobody}:${nobody}::${mail}/${address}\n`,
      )
      .join(''),
  );
  const file = join(dir, 'dovecot.conf');
  writeFileSync(
    file,
    `
base_dir = ${join(dir, 'dovecot')}
log_path = ${join(dir, 'dovecot.log')}
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <${certFile}
ssl_key = <${keyFile}
mail_location = maildir:${mail}/%u
first_valid_uid = 1
mail_max_userip_connections = 0
mailbox_idle_check_interval = 1 secs
recipient_delimiter = +
postmaster_address = postmaster@example.test
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = ${join(dir, 'users')}
}
userdb {
  driver = passwd-file
  args = ${join(dir, 'users')}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
service auth {
  inet_listener {
    port = ${ports.auth}
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`,
  );
  return file;
}

function writePostfix(dir: string, ports: Ports, { keyFile, certFile }: Certificate, users: User[]): string {
  const config = join(dir, 'postfix');
  const data = join(dir, 'postfix-data');
  mkdirSync(config);
  mkdirSync(data);
  mkdirSync(join(dir, 'queue'));
  const [uid, gid] = ['-u', '-g'].map((option) =>
    Number(execFileSync('id', [option, 'postfix'], { encoding: 'utf8' })),
  ) as [number, number];
  chownSync(data, uid, gid);
  writeFileSync(
    join(config, 'main.cf'),
    `
compatibility_level = 3.6
queue_directory = ${join(dir, 'queue')}
data_directory = ${data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = ${dir}
maillog_file = ${join(dir, 'postfix.log')}
myhostname = mail.example.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = ${[...new Set(users.map(({ address }) => address.split('@')[1]))].join(', ')}
virtual_mailbox_maps = static:known
virtual_transport = lmtp:inet:127.0.0.1:${ports.lmtp}
recipient_delimiter = +
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = permit
smtpd_reject_unlisted_recipient = no
smtpd_tls_cert_file = ${certFile}
smtpd_tls_key_file = ${keyFile}
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${ports.auth}
smtpd_tls_auth_only = yes
smtpd_error_sleep_time = 0
smtp_dns_support_level = disabled
`,
  );
  const service = (name: string, type: string, rest: string) => `${name} ${type} ${rest}`;
  writeFileSync(
    join(config, 'master.cf'),
    [
      service(
        `127.0.0.1:${ports.submission}`,
        'inet',
        'n - n - - smtpd\n  -o smtpd_tls_security_level=encrypt\n  -o smtpd_sasl_auth_enable=yes\n  -o smtpd_client_restrictions=permit_sasl_authenticated,reject',
      ),
      service(`127.0.0.1:${ports.mx}`, 'inet', 'n - n - - smtpd'),
      'cleanup unix n - n - 0 cleanup',
      'qmgr unix n - n 1 qmgr',
      'tlsmgr unix - - n 1000? 1 tlsmgr',
      'rewrite unix - - n - - trivial-rewrite',
      'bounce unix - - n - 0 bounce',
      'defer unix - - n - 0 bounce',
      'trace unix - - n - 0 bounce',
      'verify unix - - n - 1 verify',
      'proxymap unix - - n - - proxymap',
      'smtp unix - - n - - smtp',
      'relay unix - - n - - smtp',
      'error unix - - n - - error',
      'retry unix - - n - - error',
      'discard unix - - n - - discard',
      'lmtp unix - - n - - lmtp',
      'anvil unix - - n - 1 anvil',
      'scache unix - - n - 1 scache',
      'flush unix n - n 1000? 0 flush',
      'showq unix n - n - - showq',
      'postlog unix-dgram n - n - 1 postlogd',
      '',
    ]
      .map((line) => line.replace('qmgr unix n - n 1 qmgr', 'qmgr unix n - n 300 1 qmgr'))
      .join('\n'),
  );
  return config;
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
