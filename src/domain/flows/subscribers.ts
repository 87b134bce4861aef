/** Domain events that flows may wait for: told to the conversations of the contact that do. */
import { type EventType, on, type Subscriber } from '../../core/define.ts';
import { appointmentCancelled, appointmentCompleted, appointmentMissed } from '../appointments/contract.ts';
import { tellConversations } from '../conversations/contract.ts';

/** To let flows wait for another event: a line here (its payload names the contact), and one in docs/adding-a-flow.md. */
export const awaited = [appointmentCompleted, appointmentMissed, appointmentCancelled] as EventType[];

export const subscribers: Subscriber[] = awaited.map((event) =>
  on(event, `flows.tell-${event.name}`, async (ctx, { id, payload }) => {
    const { contactId } = payload as { contactId: string };
    await ctx.run(tellConversations, {
      contactId,
      event: event.name,
      id,
      payload: payload as Record<string, unknown>,
    });
  }),
);
