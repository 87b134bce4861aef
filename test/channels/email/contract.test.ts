import { createIntake } from '../../../src/channels/email/intake.ts';
import { emailSettings } from '../../../src/channels/email/settings.ts';
import type { FakePort } from '../contract/fake-port.ts';
import { channelContract, type Opened, type Told } from '../contract/suite.ts';
import { startFaultyServer } from './smtp-faults.ts';
import { customer, firm, mail, open, settingsFor } from './world.ts';

type EmailOpened = Opened & { take(told: Told, size?: number): Promise<void> };

async function openEmail(port: FakePort): Promise<EmailOpened> {
  const server = await startFaultyServer();
  const { imap, smtp, ...rest } = settingsFor({
    ports: { submission: server.port, imaps: 9 } as never,
    caFile: '',
  });
  const settings = { ...rest, imap: { ...imap, ca: undefined }, smtp: { ...smtp, ca: undefined } };
  const account = await open(settings, port);
  const intake = createIntake({ account: 'main', settings: emailSettings.parse(settings), port });
  let uid = 0;
  return {
    account,
    sent: () => server.taken,
    fail(how) {
      if (how === 'rate') server.fail({ at: 'rcpt', code: 450, message: '4.7.28 unusual rate of mail' });
      if (how === 'auth') server.fail({ at: 'login' });
      if (how === 'timeoutAfterAccept') server.fail({ at: 'after-data' });
    },
    async close() {
      await account.stop?.();
      await server.close();
    },
    /** As the mailbox hands a mail over: the cursor moves on when this resolves. */
    take({ id, text }, size) {
      const source = Buffer.from(
        mail({ 'Message-ID': `<${id}@customer.example>`, 'Content-Type': 'text/plain; charset=utf-8' }, text),
      );
      return intake.take({
        source,
        size: size ?? source.length,
        receivedAt: port.clock.now(),
        place: { uidValidity: '1', uid: ++uid },
      });
    },
  };
}

channelContract({
  name: 'email',
  secrets: [firm.password],
  open: openEmail,
  deliver: (opened, told) => (opened as EmailOpened).take(told),
  deliverUnknown: (opened, id) => (opened as EmailOpened).take({ id, text: 'x' }, 30_000_000),
  send: { to: customer.address },
  refusesPrivateMedia: true,
});
