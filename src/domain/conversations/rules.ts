/** Pure decisions of the conversation path. */
import type { ContactCard, InboundBody, ReceiptStatus, SendErrorKind } from '../../core/messaging.ts';
import type { OutboxStatus } from './model/outbox.ts';

/** Tried so often before an inbound message becomes a dead letter. */
export const maxTurnAttempts = 5;

/** 1 s, 2 s, 4 s … capped at ten minutes. */
export const backoffMs = (attempt: number): number => Math.min(1000 * 2 ** (attempt - 1), 600_000);

/** Whether trying the same send again can help. */
export const isRetryable = (kind: SendErrorKind): boolean => kind === 'rate' || kind === 'transient';

const minute = 60_000;
/** A provider that is back is noticed within a minute. */
export const sendBackoffMs = (attempt: number): number => Math.min(backoffMs(attempt), minute);
/**
 * An outbound message is given up when it was tried at least ten times and for a whole day: an outage of hours loses
 * nothing, and what a day could not deliver would come as a surprise.
 */
export const isGivenUp = (attempts: number, waitedMs: number): boolean =>
  attempts >= 10 && waitedMs >= 24 * 60 * minute;

const rank: Record<string, number> = {
  queued: 0,
  sending: 1,
  ambiguous: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  failed: 5,
};

/** Receipts move a message forward only; a late failure never unsays that it was delivered. */
export function isForward(from: OutboxStatus, to: ReceiptStatus): boolean {
  if (to === 'failed') return rank[from]! < rank.delivered!;
  return rank[to]! > rank[from]!;
}

/** A contact card in one line. */
export const contactText = ({ name, company, phones, emails }: ContactCard): string =>
  `Contact: ${[name, company, ...phones, ...emails].filter(Boolean).join(', ')}`;

/** What stands in the transcript for a body. */
export function textOf(body: InboundBody): string {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'press':
      return body.label;
    case 'media':
      return body.text || `[${body.media.map(({ type, filename }) => filename ?? type).join(', ')}]`;
    case 'location':
      return `[location ${body.latitude.toFixed(5)}, ${body.longitude.toFixed(5)}${body.name ? ` ${body.name}` : ''}]`;
    case 'contact':
      return body.contacts.map(contactText).join('; ');
    case 'command':
      return body.text;
    case 'form':
      return `[form ${body.command}]`;
    case 'signal':
      return `[${body.name}]`;
    case 'call':
      return `[call ${body.call.from ?? 'withheld'} → ${body.call.to ?? '?'} ${body.call.status ?? ''}]`;
    case 'unknown':
      return `[${body.note}]`;
  }
}

const stops = new Set(['stop', 'unsubscribe', 'cancel', 'end', 'quit']);
/** The words that end a conversation at once, alone in a message; START reverses. */
export function consentWord(body: InboundBody): 'stop' | 'start' | undefined {
  const word =
    body.kind === 'text'
      ? body.text
          .trim()
          .toLowerCase()
          .replace(/[.!]+$/, '')
      : '';
  if (stops.has(word)) return 'stop';
  return word === 'start' ? 'start' : undefined;
}

const waking = new Set(['wake', 'event', 'handedBack', 'hungUp', 'flow', 'understood']);
/** Of signals only these are the engine's, and none while a person is in charge. */
export const isIdle = (body: InboundBody, mode: 'bot' | 'human'): boolean =>
  body.kind === 'signal' && (mode === 'human' || !waking.has(body.name));

export const previewOf = (text: string): string => [...text.replace(/\s+/g, ' ')].slice(0, 120).join('');

/** Tokens by which an inbox finds a conversation: words of the name, whole addresses, the last digits of a number. */
export function searchTokens(
  name: string | undefined,
  identities: { scheme: string; value: string }[],
): string[] {
  const words = (name ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const values = identities
    .filter(({ scheme }) => scheme === 'phone' || scheme === 'email')
    .map(({ value }) => value.toLowerCase());
  const tails = values
    .filter((value) => value.startsWith('+'))
    .flatMap((value) => [value.slice(1), value.slice(-10)]);
  return [...new Set([...words, ...values, ...tails])];
}
