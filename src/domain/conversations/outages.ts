/** Outages written down, so that every process and every screen knows of them, also after a restart. */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import { channelAway, channelBack } from './contract.ts';
import { type Away, placeKey } from './gate.ts';
import { OutageModel } from './model/outage.ts';

type Place = { channel: string; account: string };
export type Outages = { note(place: Place, away: Away | undefined): Promise<void> };

export function createOutages(bus: Bus): Outages {
  // One after the other, so that the last word is the one that stays.
  let before: Promise<unknown> = Promise.resolve();

  async function write(place: Place, away: Away | undefined): Promise<void> {
    const _id = placeKey(place);
    await bus.unitOfWork({ actor: systemActor('outbox'), surface: 'timer' }, async (ctx) => {
      const known = await OutageModel.findById(_id).lean();
      if (away) {
        const { since, message } = away;
        await OutageModel.updateOne(
          { _id },
          { $set: { ...place, message }, $setOnInsert: { since } },
          { upsert: true },
        );
        if (!known) ctx.emit(channelAway, { ...place, since: since.toISOString(), detail: message });
      } else if (known) {
        await OutageModel.deleteOne({ _id });
        ctx.emit(channelBack, { ...place, since: known.since.toISOString() });
      }
    });
  }

  return {
    note(place, away) {
      const writing = before.then(() => write(place, away));
      before = writing.catch(() => {});
      return writing;
    },
  };
}
