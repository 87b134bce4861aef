/** A report of the telephone: nobody waits for an answer, so it is taken and done, in one transaction each. */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import { takeReport } from '../telephony/contract.ts';
import { type InboxDocument, InboxModel } from './model/inbox.ts';

type Call = Extract<InboundEvent['body'], { kind: 'call' }>['call'];

export const isCall = ({ event }: InboxDocument): boolean => event.body.kind === 'call';

export async function callTurn(entries: InboxDocument[], bus: Bus): Promise<boolean> {
  for (const { _id, event } of entries) {
    const caller = {
      actor: systemActor('telephone'),
      surface: 'flow' as const,
      cause: { id: _id, depth: 0 },
    };
    await bus.unitOfWork(caller, async (ctx) => {
      const { modifiedCount } = await InboxModel.updateOne(
        { _id, status: 'pending' },
        { $set: { status: 'done' } },
      );
      if (!modifiedCount || event.body.kind !== 'call') return;
      const { source = 'IVR', medium = 'telephone', campaign } = (event.meta ?? {}) as Record<string, string>;
      await ctx.run(takeReport, {
        account: event.account,
        call: event.body.call as Call,
        source,
        medium,
        ...(campaign && { campaign }),
      });
    });
  }
  return true;
}
