/**
 * Turns of several conversations in one commit. What comes while one commit is under way goes together into the next:
 * all are read in one query, decided, and written in one round trip. Turns that want a command run (a lead, a booking)
 * share other transactions, so that the rest do not wait for them; for each command one at a time, so that they do not
 * make each other lose the same counter, and few in one, so that a crash does not undo much. Whenever something is in
 * the way, each turn of the group is tried alone.
 */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Clock } from '../../core/clock.ts';
import { coalesce } from '../../core/coalesce.ts';
import type { Ids } from '../../core/ids.ts';
import type { Decide } from '../../core/turn.ts';
import { Overtaken } from '../../core/writes.ts';
import type { InboxDocument } from './model/inbox.ts';
import { type Opened, openConversations } from './open.ts';
import { beginTurn, commitTurns, type Refusals, Refused, type Turn } from './turn.ts';

/** Commits one turn over these entries; answers false when somebody else had done so already. */
export type CustomerTurn = (entries: InboxDocument[]) => Promise<boolean>;

type Deps = { bus: Bus; decide: Decide; clock: Clock; ids: Ids };

export function createCustomerTurns(deps: Deps): CustomerTurn {
  const { bus, decide, clock, ids } = deps;
  const open = coalesce<InboxDocument[], Opened>(
    (lists) =>
      openConversations(
        lists.map((entries) => entries.map(({ event }) => event)),
        { ids, now: clock.now() },
      ),
    { most: 64, sideBySide: 4 },
  );
  const plain = coalesce<Turn, boolean>((turns) => shared(turns), { most: 64, sideBySide: 2 });
  const acting = new Map<string, (turn: Turn) => Promise<boolean>>();

  /** The way of those that want the same command run first: they would take the same counters. */
  function wayOf(command: string): (turn: Turn) => Promise<boolean> {
    const known = acting.get(command) ?? coalesce<Turn, boolean>((turns) => shared(turns), { most: 3 });
    acting.set(command, known);
    return known;
  }

  async function shared(turns: Turn[]): Promise<(boolean | Promise<boolean>)[]> {
    try {
      await bus.unitOfWork(callerOf(turns[0]!.entries), (ctx) => commitTurns(ctx, turns), { once: true });
      return turns.map(() => true);
    } catch {
      // A conflict, a refusal, a bug in one of them: alone, each ends as it would have without the others.
      return turns.map(({ entries }) => alone(entries, deps));
    }
  }

  return async (entries) => {
    const turn = beginTurn(decide, entries, await open(entries), clock.now());
    return turn.step.done ? plain(turn) : wayOf(turn.step.value.command)(turn);
  };
}

/** One turn in a transaction of its own, from the beginning and as often as it takes. */
async function alone(entries: InboxDocument[], { bus, decide, ids }: Deps): Promise<boolean> {
  const refusals: Refusals = new Map();
  for (;;) {
    const outcome = await bus
      .unitOfWork(callerOf(entries), async (ctx) => {
        const events = entries.map(({ event }) => event);
        const [opened] = await openConversations([events], { ids, now: ctx.now() });
        await commitTurns(ctx, [beginTurn(decide, entries, opened!, ctx.now())], refusals);
        return true;
      })
      .catch((error) => {
        // A refused command may have written something before it refused: nothing of this attempt is kept.
        if (error instanceof Refused) return error;
        if (error instanceof Overtaken) return false;
        throw error;
      });
    if (!(outcome instanceof Refused)) return outcome;
    refusals.set(outcome.place, outcome.refusal);
  }
}

const callerOf = (entries: InboxDocument[]) => ({
  actor: systemActor('bot'),
  surface: 'flow' as const,
  cause: { id: entries[0]!._id, depth: 0 },
});
