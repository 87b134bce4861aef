/** Hands a mail to the submission server, and says precisely how that ended. */
import { readFileSync } from 'node:fs';
import { Transform } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { SendErrorKind, SendResult } from '../../core/messaging.ts';
import type { Mail } from './compose.ts';
import { isLoopback, type ServerSettings } from './settings.ts';

/** Shorter than the outbox's claim on a message, so that nobody else decides about it meanwhile. */
const sendMs = 25_000;
const retryAfterRateMs = 60_000;

export function createSubmission(smtp: ServerSettings) {
  const isLocal = isLoopback(smtp.host);
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    requireTLS: !smtp.secure && !isLocal,
    ...(smtp.user && { auth: { user: smtp.user, pass: smtp.password } }),
    tls: { ...(smtp.ca && { ca: readFileSync(smtp.ca) }), rejectUnauthorized: !isLocal || Boolean(smtp.ca) },
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 8_000,
    greetingTimeout: 8_000,
    socketTimeout: 15_000,
  });

  // `watch` travels with the mail's data: see `send`.
  transport.use('stream', (mail, done) => {
    mail.message.transform((mail.data as unknown as { watch: () => Transform }).watch);
    done();
  });

  return {
    async send(mail: Mail): Promise<SendResult> {
      let isWholeSent = false;
      // The last byte has left: from here on the server may have taken the mail though its answer is lost.
      const watch = () =>
        new Transform({
          transform: (chunk, _encoding, done) => done(null, chunk),
          flush(done) {
            isWholeSent = true;
            done();
          },
        });
      try {
        const info = await transport.sendMail({
          ...mail,
          watch,
          signal: AbortSignal.timeout(sendMs),
        } as Parameters<typeof transport.sendMail>[0]);
        return { ok: true, providerId: info.messageId };
      } catch (error) {
        return explain(error as SmtpError, isWholeSent);
      }
    },
    verify: () => transport.verify(),
    close: () => transport.close(),
  };
}

export type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string };

/** @param isWholeSent whether the whole mail had been handed over when it failed. */
export function explain(error: SmtpError, isWholeSent: boolean): Extract<SendResult, { ok: false }> {
  const kind = kindOf(error, isWholeSent);
  const message = error.response ?? error.message;
  return { ok: false, error: kind, message, ...(kind === 'rate' && { retryAfterMs: retryAfterRateMs }) };
}

function kindOf(
  { code, command = '', responseCode, response = '', message }: SmtpError,
  isWholeSent: boolean,
): SendErrorKind {
  // The server's own word is certain, whenever it came.
  if (responseCode) return byReply(responseCode, command, response);
  if (isWholeSent) return 'ambiguous';
  if (code === 'EAUTH') return 'auth';
  if (code === 'EENVELOPE') return 'recipient';
  if (code === 'EMESSAGE' || /file access|url access/i.test(message)) return 'content';
  return 'transient';
}

// RFC 5321 4.2.1 and the enhanced codes of RFC 3463: x.1 address, x.2 mailbox, x.3 system, x.7 policy.
function byReply(replyCode: number, command: string, response: string): SendErrorKind {
  const enhanced = /\b[45]\.(\d{1,3})\.(\d{1,3})\b/.exec(response);
  if (replyCode < 500)
    return /rate|too (many|much|fast)|thrott|slow down|limit/i.test(response) || enhanced?.[0] === '4.7.28'
      ? 'rate'
      : 'transient';
  if (command.startsWith('AUTH') || [530, 534, 535].includes(replyCode)) return 'auth';
  if (command === 'MAIL FROM' && replyCode !== 552) return 'auth';
  if (command === 'RCPT TO') return 'recipient';
  return enhanced &&
    ['1', '2'].includes(enhanced[1]!) &&
    !['2.3', '2.4'].includes(`${enhanced[1]}.${enhanced[2]}`)
    ? 'recipient'
    : 'content';
}
