/** How it stands with a delivery, in words. Pure. */
import type { deliveryStates } from './contract.ts';
import type { DeliveryDocument } from './model-delivery.ts';

type State = (typeof deliveryStates)[number];
type Outbox = {
  status: 'queued' | 'sending' | 'ambiguous' | 'sent' | 'delivered' | 'read' | 'failed';
  attempts: number;
  nextAt: string;
  error?: string | undefined;
  errorKind?: string | undefined;
};

const held = {
  quiet: 'Quiet hours: it is sent when they end.',
  hourly: 'Gathered for the next hour’s message.',
  daily: 'Gathered for the day’s message.',
};
/** Why a channel did not take it. */
const kinds: Record<string, string> = {
  optout: 'They have asked not to be written to.',
  recipient: 'The address does not exist there, or takes nothing.',
  window: 'They have not written for too long: the channel takes an approved template only.',
  template: 'The channel did not accept the template.',
  auth: 'The channel account does not work.',
  content: 'The channel did not accept the message.',
  rate: 'The channel takes no more for now.',
  transient: 'The channel could not be reached.',
};
const states: Record<Outbox['status'], State> = {
  queued: 'waiting',
  sending: 'waiting',
  ambiguous: 'unclear',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

export function stateOf(
  one: Pick<DeliveryDocument, 'state' | 'why' | 'until' | 'reason'>,
  outbox?: Outbox,
): { state: State; says?: string; until?: string } {
  if (one.state === 'held')
    return {
      state: 'held',
      says: held[one.why ?? 'quiet'],
      ...(one.until && { until: one.until.toISOString() }),
    };
  if (one.state === 'dropped' || !outbox)
    return { state: one.state === 'dropped' ? 'dropped' : 'sent', ...(one.reason && { says: one.reason }) };
  const state = states[outbox.status];
  if (state === 'failed')
    return { state, says: [kinds[outbox.errorKind ?? ''], outbox.error].filter(Boolean).join(' ') };
  if (state === 'unclear')
    return {
      state,
      says: `The answer was lost: nobody knows whether it arrived. ${outbox.error ?? ''}`.trim(),
    };
  if (state === 'waiting' && outbox.attempts)
    return {
      state,
      says: `Tried ${outbox.attempts} times. ${outbox.error ?? ''}`.trim(),
      until: outbox.nextAt,
    };
  return { state };
}
