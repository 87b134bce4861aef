/** Twilio's refusals (twilio.com/docs/api/errors): what they mean for the message, and for whoever it was meant for. */
import type { SendErrorKind } from '../../../core/messaging.ts';

const kinds: Record<number, SendErrorKind> = {
  20003: 'auth',
  20005: 'auth',
  20008: 'auth',
  20404: 'auth',
  20429: 'rate',
  14107: 'rate',
  21602: 'content',
  21605: 'content',
  21617: 'content',
  21619: 'content',
  21620: 'content',
  21623: 'content',
  21211: 'recipient',
  21214: 'recipient',
  21217: 'recipient',
  21408: 'recipient',
  21610: 'optout',
  21612: 'recipient',
  21614: 'recipient',
  21212: 'auth',
  21603: 'auth',
  21606: 'auth',
  21608: 'recipient',
  21611: 'rate',
  21659: 'auth',
  21660: 'auth',
  30001: 'rate',
  63038: 'rate',
};

export const hasStopped = (code: unknown): boolean => Number(code) === 21610;

export const kindOf = (status: number, code: unknown): SendErrorKind =>
  kinds[Number(code)] ??
  (status === 401 || status === 403
    ? 'auth'
    : status === 429
      ? 'rate'
      : // Twilio took the request and stumbled over it: nobody knows how far it came.
        status >= 500
        ? 'ambiguous'
        : 'content');

/** Why a message that was taken did not arrive: what `ErrorCode` of a status callback says. */
const reasons: Record<string, string> = {
  '21610': 'They have sent STOP.',
  '30002': 'The Twilio account is suspended.',
  '30003': 'The telephone is off or out of reach.',
  '30004': 'The message was blocked.',
  '30005': 'There is no such number.',
  '30006': 'A landline, or a network that takes no messages.',
  '30007': 'The network took it for spam.',
  '30008': 'The network gave no reason.',
  '30034': 'The number is not registered for messages to the USA.',
};
export const reasonOf = (code: string): string => reasons[code] ?? `Twilio’s error ${code}`;
