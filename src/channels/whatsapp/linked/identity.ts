/** Who wrote and where it belongs. WhatsApp names people by number, by hidden id, or by both, and changes between them. */
import type { ChannelPort } from '../../../core/define.ts';
import type { Identity, InboundEvent } from '../../../core/messaging.ts';
import type { DriverMessage, Person } from './contract.ts';

const lidServer = '@lid';

/** A thread or number of ours → whom the driver writes to. @returns undefined when it is neither. */
export function personOf(to: string): Person | undefined {
  if (/^\d{5,20}@lid$/.test(to)) return { lid: to.slice(0, -lidServer.length) };
  const digits = to.replace(/^\+/, '');
  return /^\d{6,15}$/.test(digits) ? { phone: digits } : undefined;
}

/**
 * The conversation keeps the name it began with, whether the next message names the number or the hidden id: the first
 * to be seen is kept for both.
 */
export async function threadOf({ phone, lid }: Person, state: ChannelPort['state']): Promise<string> {
  const keys = [lid && `thread:${lid}${lidServer}`, phone && `thread:${phone}`].filter((key): key is string =>
    Boolean(key),
  );
  let thread: string | undefined;
  for (const key of keys) thread ??= await state.get<string>(key);
  thread ??= phone ?? `${lid}${lidServer}`;
  for (const key of keys) thread = await state.keep(key, thread);
  return thread;
}

const identitiesOf = ({ phone, lid }: Person): Identity[] => [
  ...(phone ? [{ scheme: 'phone' as const, value: `+${phone}` }] : []),
  ...(lid ? [{ scheme: 'wa_lid' as const, value: lid }] : []),
];

/** Unique by conversation and message: ids are made by the senders, and nobody may shadow another's. */
export function toEvent(
  { id, from, name, at, body, ad }: DriverMessage,
  { account, thread }: { account: string; thread: string },
): InboundEvent {
  return {
    id: `${thread}/${id}`,
    channel: 'whatsapp',
    account,
    audience: 'customer',
    thread,
    from: identitiesOf(from),
    ...(name && { name }),
    at: new Date(at),
    body,
    meta: {
      source: 'whatsapp',
      medium: ad ? 'ad' : 'chat',
      ...(ad && { campaign: ad.title ?? ad.id, page: ad.page }),
    },
  };
}
