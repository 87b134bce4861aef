/** Several notices to one address as one message. Pure. */
import type { Card, Content } from '../../core/messaging.ts';
import { readableDate, readableTime } from '../../core/zone.ts';
import type { DeliveryDocument, Send } from './model-delivery.ts';

export type Gathered = { deliveries: DeliveryDocument[]; send: Send };

/** Files and what is said to clients go by themselves; everything keeps its order. */
export function gather(
  deliveries: DeliveryDocument[],
  { timezone, locale }: { timezone: string; locale: string },
): Gathered[] {
  const groups = Map.groupBy(deliveries, (one) => {
    const { kind } = one.send!.content;
    const alone = one.recipient.startsWith('client:') || (kind !== 'card' && kind !== 'text');
    return alone ? one._id : `${one.channel}:${one.account}:${one.to}`;
  });
  return [...groups.values()].map((together) => {
    const [first] = together;
    const send = first!.send!;
    if (together.length === 1) return { deliveries: together, send };
    const since = first!.at;
    const title = `${together.length} notices since ${readableDate(since, timezone, locale)}, ${readableTime(since, timezone, locale)}`;
    return {
      deliveries: together,
      send: {
        ...send,
        content: contentOf(first!.channel, title, together),
        dedupeKey: `${send.dedupeKey}:all`,
      },
    };
  });
}

function contentOf(channel: string, title: string, together: DeliveryDocument[]): Content {
  if (channel === 'email')
    return {
      kind: 'text',
      subject: title,
      text: together
        .map((one) => `${one.title}\n${(one.send!.content as { text: string }).text}`)
        .join('\n\n'),
    };
  if (channel === 'push')
    return {
      kind: 'card',
      card: { title, text: together.map((one) => one.title).join('\n'), link: '/my-day', key: 'digest' },
    };
  const cards: Card[] = together.map((one) => (one.send!.content as { card: Card }).card);
  return { kind: 'cards', text: title, cards };
}
