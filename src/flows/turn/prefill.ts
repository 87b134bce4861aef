/** What the channel tells of the customer is not asked for again. */
import { slotOf } from './slots.ts';
import type { Talk } from './talk.ts';
import { nameFrom } from './words.ts';

export function prefill(talk: Talk): void {
  const { identities, name } = talk.input.conversation;
  const give = (slot: string | undefined, value: string | undefined) => {
    if (
      slot &&
      value &&
      talk.slots[slot]?.known &&
      talk.vars[slot] === undefined &&
      !talk.memory.refused.includes(slot)
    )
      talk.vars[slot] = value;
  };
  const identity = (scheme: string) => identities.find((known) => known.scheme === scheme)?.value;
  give(slotOf(talk, 'phone'), identity('phone'));
  give(slotOf(talk, 'email'), identity('email'));
  give(slotOf(talk, 'name'), name && nameFrom(name));
}
