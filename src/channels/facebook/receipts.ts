/** Messenger says “read up to this moment” and names no message: the last ones sent to a person are remembered. */
import type { ChannelPort } from '../../core/define.ts';
import type { Receipt } from '../../core/messaging.ts';

type Sent = { id: string; at: string };
const remembered = 20;
const keyOf = (person: string): string => `sent:${person}`;

export const remember = (person: string, id: string, { state, clock }: ChannelPort): Promise<void> =>
  state.append(keyOf(person), { id, at: clock.now().toISOString() } satisfies Sent, remembered);

export async function readUpTo(
  { person, until }: { person: string; until: Date },
  where: Pick<Receipt, 'channel' | 'account'>,
  { state }: ChannelPort,
): Promise<Receipt[]> {
  const sent = (await state.get<Sent[]>(keyOf(person))) ?? [];
  const isRead = ({ at }: Sent) => Date.parse(at) <= until.getTime();
  if (sent.some(isRead))
    await state.set(
      keyOf(person),
      sent.filter((one) => !isRead(one)),
    );
  return sent
    .filter(isRead)
    .map(({ id: providerId }) => ({ ...where, providerId, status: 'read', at: until }));
}
