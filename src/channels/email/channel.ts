/**
 * E-mail: SMTP out, IMAP in. A conversation is with one address, whatever its subjects.
 *
 * A send whose answer was lost is left to a person (`ambiguity: 'staff'`): SMTP has no word to ask whether a mail was
 * taken, and only some mailboxes drop a second copy by its Message-ID. Ours is the same for every attempt, so that a
 * copy sent again by that person is dropped where it can be; a delivery report settles it where one comes.
 */
import { simpleParser } from 'mailparser';
import { type ChannelAccount, type ChannelPort, defineChannel } from '../../core/define.ts';
import type { Outbound, SendResult } from '../../core/messaging.ts';
import { capabilities, compose } from './compose.ts';
import { emailGuide } from './guide.ts';
import { createIntake } from './intake.ts';
import { createMailbox } from './mailbox.ts';
import { type EmailSettings, emailSettings } from './settings.ts';
import { createSubmission } from './smtp.ts';

export const email = defineChannel({
  name: 'email',
  label: 'E-mail',
  audience: 'customer',
  capabilities,
  settings: emailSettings,
  guide: emailGuide,
  open: ({ id, settings }, port) => openAccount(id, settings, port),
});

function openAccount(account: string, settings: EmailSettings, port: ChannelPort): ChannelAccount {
  const submission = createSubmission(settings.smtp);
  const mailbox = createMailbox({ settings, port, intake: createIntake({ account, settings, port }) });

  async function send(out: Outbound): Promise<SendResult> {
    if (!/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(out.to))
      return refuse('recipient', `${out.to} is not a mail address`);
    const { automatic, author } = (out.meta ?? {}) as {
      automatic?: string | null;
      author?: { kind?: string };
    };
    if (automatic && out.purpose === 'reply' && author?.kind !== 'user')
      return refuse('optout', `not answered: automatic mail (${automatic})`);
    const composed = await compose(out, settings, port).catch((error: Error) =>
      refuse('content', error.message),
    );
    if ('ok' in composed) return composed;
    const result = await submission.send(composed.mail);
    return result.ok && composed.choiceMap ? { ...result, choiceMap: composed.choiceMap } : result;
  }

  return {
    send,
    async start() {
      mailbox.start();
    },
    async stop() {
      await mailbox.stop();
      submission.close();
    },
    async media({ id = '', mime, filename }) {
      const [uidValidity = '', uid, index] = id.split('/');
      const source = await mailbox.source({ uidValidity, uid: Number(uid) });
      const file =
        source &&
        (await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true })).attachments[
          Number(index)
        ];
      if (!file) throw new Error('The mail with this file is no longer in the mailbox.');
      return { body: file.content, mime: mime ?? file.contentType, ...(filename && { filename }) };
    },
    reach: () =>
      submission.verify().then(
        () => true,
        // Who refuses our password is there.
        (error: { responseCode?: number }) => (error.responseCode ?? 0) >= 500,
      ),
    async health() {
      const sending = await submission.verify().then(
        () => 'sending',
        (error: Error) => `cannot send: ${error.message}`,
      );
      return {
        ok: mailbox.state() === 'receiving' && sending === 'sending',
        detail: `${mailbox.state()}, ${sending}`,
      };
    },
  };
}

const refuse = (error: 'recipient' | 'optout' | 'content', message: string) => ({
  ok: false as const,
  error,
  message,
});
