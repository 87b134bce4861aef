/**
 * A filled-in form is an enquiry, whoever answers in its conversation and whatever is being talked about there: it is
 * recorded first, in the same turn, and the flow that goes on from it begins knowing what it became.
 */
import type { InboundEvent } from '../../core/messaging.ts';
import type { Decide, Effect, TurnInput, TurnOutcome } from '../../core/turn.ts';
import { recordEnquiry } from '../enquiries/contract.ts';

/** `{name: 'flow', data: {flow, vars, lead}}`: `lead` is what the form said, as `enquiry.record` takes it. */
type Form = { flow: string; vars?: Record<string, unknown>; lead: Record<string, unknown> };

const formIn = ({ body }: InboundEvent): Form | undefined =>
  body.kind === 'signal' && body.name === 'flow' && body.data?.lead ? (body.data as Form) : undefined;

export const hasForm = (events: InboundEvent[]): boolean => events.some((event) => formIn(event));

/** @param decide what goes on from there; absent: nobody, a colleague is in charge. */
export function* afterForms(
  decide: Decide | undefined,
  input: TurnInput,
): Generator<Effect, TurnOutcome, unknown> {
  const events: InboundEvent[] = [];
  for (const event of input.events) events.push(yield* recorded(event, input));
  if (!decide) return { session: input.session, replies: [] };
  return yield* decide({ ...input, events });
}

function* recorded(event: InboundEvent, input: TurnInput): Generator<Effect, InboundEvent, unknown> {
  const form = formIn(event);
  if (!form || event.body.kind !== 'signal') return event;
  const enquiry = yield {
    command: recordEnquiry.name,
    input: { conversationId: input.conversation.id, identities: event.from, ...form.lead },
  };
  const vars = { ...form.vars, enquiry };
  return { ...event, body: { ...event.body, data: { ...form, vars } } };
}
