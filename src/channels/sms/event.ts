/** Every driver's messages as events, so that the rest of the house cannot tell the drivers apart. */
import type { InboundBody, InboundEvent } from '../../core/messaging.ts';

type Said = { id: string; account: string; from: string; to: string; at: Date; body: InboundBody };

export function eventOf({ id, account, from, to, at, body }: Said): InboundEvent {
  // A name or a short number writes, too: there is nobody behind it whom we could know by it elsewhere.
  const isNumber = /^\+\d{7,15}$/.test(from);
  return {
    id,
    channel: 'sms',
    account,
    audience: 'customer',
    thread: from,
    from: isNumber ? [{ scheme: 'phone', value: from }] : [],
    at,
    body,
    meta: { source: 'sms', medium: 'sms', to },
  };
}
