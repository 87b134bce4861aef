/** The customer's phone: WhatsApp as they see it. */
import { h } from '../../widget/src/dom.ts';
import { type Customer, type PhoneMessage, people } from './people.ts';
import { clock, rich } from './text.ts';

const ticks: Record<string, string> = { accepted: '🕓', sent: '✓', delivered: '✓✓', read: '✓✓', failed: '!' };

export function createPhone(onProblem: (error: unknown) => void) {
  const title = h('b');
  const number = h('small');
  const chat = h('div', {
    class: 'wa-chat',
    role: 'log',
    'aria-label': 'The customer’s chat',
    tabindex: '0',
  });
  const hints = h('div', { class: 'wa-hints' });
  const input = h('input', {
    placeholder: 'Message',
    'aria-label': 'Write as the customer',
    autocomplete: 'off',
  });
  const form = h(
    'form',
    { class: 'wa-bar', onsubmit: submit },
    input,
    h('button', { class: 'wa-send', 'aria-label': 'Send as the customer' }, '➤'),
  );
  const element = h(
    'section',
    { class: 'phone', 'aria-label': 'A customer’s phone' },
    h(
      'div',
      { class: 'wa-head' },
      h('span', { class: 'wa-face', 'aria-hidden': 'true' }, 'R'),
      h('span', {}, h('b', {}, 'RSoft'), h('small', {}, 'business account')),
      h('span', { class: 'wa-me' }, title, number),
    ),
    chat,
    hints,
    form,
  );
  let who = '';
  let shown = '';

  const doing = (act: Promise<unknown>) => act.catch(onProblem);
  const say = (text: string) => doing(people.phone.say(who, text));

  function submit(event: Event): void {
    event.preventDefault();
    if (!input.value.trim()) return;
    void say(input.value.trim());
    input.value = '';
  }

  function bubble(message: PhoneMessage, isNewest: boolean): HTMLElement {
    const mine = message.direction === 'out';
    const file = message.raw.document;
    const body = h(
      'div',
      { class: 'wa-text', dir: 'auto' },
      ...(file ? [h('span', { class: 'wa-file' }, '📄 ', h('b', {}, file.filename ?? 'Document'))] : []),
      ...rich(file ? message.text.replace(/^.*\n?/, '') : message.text),
    );
    const status = mine ? '✓✓' : '';
    return h(
      'div',
      { class: `wa-row ${mine ? 'mine' : 'theirs'}` },
      h('div', { class: 'wa-bubble' }, body, h('span', { class: 'wa-at' }, `${clock(message.at)} ${status}`)),
      ...(isNewest
        ? message.choices.map(({ title: label, description }) =>
            h(
              'button',
              {
                type: 'button',
                class: 'wa-choice',
                onclick: () => void doing(people.phone.press(who, label)),
              },
              label,
              ...(description ? [h('small', {}, description)] : []),
            ),
          )
        : []),
    );
  }

  return {
    element,
    /** @param suggestions texts that a tap sends. */
    show(customer: Customer, suggestions: string[]): void {
      who = customer.waId;
      title.textContent = customer.name || 'A customer';
      number.textContent = `+${customer.waId}`;
      const state = JSON.stringify([customer, suggestions]);
      if (state === shown) return;
      shown = state;
      const newest = customer.messages.findLast(
        ({ direction, choices }) => direction === 'in' && choices.length > 0,
      );
      const answered =
        newest &&
        customer.messages
          .slice(customer.messages.indexOf(newest) + 1)
          .some(({ direction }) => direction === 'out');
      chat.replaceChildren(
        ...(customer.messages.length
          ? customer.messages.map((message) => bubble(message, message === newest && !answered))
          : [h('p', { class: 'wa-empty' }, 'Nothing said yet. Be the customer: write something below.')]),
      );
      chat.scrollTop = chat.scrollHeight;
      hints.replaceChildren(
        ...suggestions.map((text) =>
          h('button', { type: 'button', class: 'hint', onclick: () => void say(text) }, text),
        ),
      );
      if (customer.messages.some(({ direction, status }) => direction === 'in' && status === 'delivered'))
        void doing(people.phone.read(who));
    },
  };
}

export const tickOf = (status: string | undefined): string => ticks[status ?? ''] ?? '';
