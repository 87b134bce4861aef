/** The guided tour: what to do next, and how to know that it was done. Pure. */
import type { Customer, State } from './people.ts';

export type Step = { title: string; hint: string; done: boolean };

const wrote = (customer: Customer | undefined, count: number) =>
  (customer?.messages.filter(({ direction }) => direction === 'out').length ?? 0) >= count;
const heard = (customer: Customer | undefined, words: RegExp) =>
  customer?.messages.some(({ direction, text }) => direction === 'in' && words.test(text)) ?? false;

/** A lead that went to somebody who is not on this Slack: the manager, who has the copy, can give it to one who is. */
export function strayLead(state: State, since: number): { to: string; command: string } | undefined {
  const names = state.slack.map(({ realName }) => realName.split(' ')[0]);
  const fresh = state.slack.flatMap(({ messages }) =>
    messages.filter(({ ts, mine }) => Number(ts) > since && !mine),
  );
  if (fresh.some(({ text }) => /Demo with #|assigned to you/i.test(text))) return undefined;
  const [, number, to] =
    /New lead #(\d+):[\s\S]*Assigned to (\p{L}+)/u.exec(
      fresh.map(({ text }) => text).findLast((text) => /Assigned to/.test(text)) ?? '',
    ) ?? [];
  if (!number || !to || names.includes(to)) return undefined;
  return { to, command: `/crm assign #${number} @${state.slack[0]!.name}` };
}

/** @param since messages in Slack before this (a `ts`) were there when the tour began. */
export function stepsOf(
  state: State,
  customer: Customer | undefined,
  since: number,
  pressed: boolean,
): Step[] {
  const fresh = state.slack.flatMap(({ messages }) =>
    messages.filter(({ ts, mine, ephemeral }) => Number(ts) > since && !mine && !ephemeral),
  );
  const told = fresh.some(({ buttons }) => buttons.length > 0);
  const steps: Step[] = [
    {
      title: 'A stranger writes',
      hint: 'Say hello from the phone. The bot answers at once.',
      done: wrote(customer, 1) && heard(customer, /./),
    },
    {
      title: 'The bot learns what they want',
      hint: 'Answer what it asks; interrupt it with “What is the price?” if you like. What WhatsApp tells it already, it does not ask.',
      done: wrote(customer, 2),
    },
    {
      title: 'A demo is booked',
      hint: 'Give a day and a time, then press “Yes, book it”.',
      done: heard(customer, /demo is (booked|requested)/i),
    },
    {
      title: 'The tele-caller is told in Slack',
      hint: 'Whoever’s turn it is gets the new lead; the manager gets a copy.',
      done: told,
    },
    {
      title: 'Work the lead from Slack',
      hint: 'Press a button on the card, or type “/crm help”.',
      done: pressed,
    },
    {
      title: 'The demo is confirmed',
      hint: 'Press “Confirm demo” in Slack: customer, caller and manager get the same words.',
      done: heard(customer, /Thank you for confirming the demo/),
    },
  ];
  // A later step that is done means that the earlier ones are behind us.
  const last = steps.findLastIndex(({ done }) => done);
  return steps.map((step, index) => ({ ...step, done: step.done || (index < last && index !== 4) }));
}
