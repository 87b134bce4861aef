/** How Postfix and Dovecot are set up for the tests of mail, in a folder of their own. */
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type User = { address: string; password: string };
export type Ports = Record<'imaps' | 'lmtp' | 'auth' | 'submission' | 'mx', number>;
type Certificate = { keyFile: string; certFile: string };
const nobody = 65534;

export function writeDovecot(
  dir: string,
  ports: Ports,
  { keyFile, certFile }: Certificate,
  users: User[],
): string {
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

export function writePostfix(
  dir: string,
  ports: Ports,
  { keyFile, certFile }: Certificate,
  users: User[],
): string {
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
