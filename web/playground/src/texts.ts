/** The same telephone's text messages. */
import { h } from '../../widget/src/dom.ts';
import { people, type TextMessage } from './people.ts';
import { clock, rich } from './text.ts';

export function createTexts(onProblem: (error: unknown) => void) {
  const chat = h('div', {
    class: 'wa-chat',
    role: 'log',
    'aria-label': 'The customer’s text messages',
    tabindex: '0',
  });
  const input = h('input', {
    placeholder: 'Text message',
    'aria-label': 'Write a text message',
    autocomplete: 'off',
  });
  const form = h(
    'form',
    { class: 'wa-bar', onsubmit: submit },
    input,
    h('button', { class: 'wa-send', 'aria-label': 'Send the text message' }, '➤'),
  );
  const number = h('small');
  const element = h(
    'section',
    { class: 'phone phone-plain', 'aria-label': 'A customer’s text messages', hidden: true },
    h(
      'div',
      { class: 'wa-head' },
      h('span', {}, h('b', {}, 'SMS'), h('small', {}, 'RSoft')),
      h('span', { class: 'wa-me' }, number),
    ),
    chat,
    form,
  );
  let who = '';
  let shown = '';

  function submit(event: Event): void {
    event.preventDefault();
    const text = input.value.trim();
    input.value = '';
    if (text) people.sms.say(who, text).catch(onProblem);
  }

  const bubble = ({ direction, text, segments, at, status }: TextMessage): HTMLElement =>
    h(
      'div',
      { class: `wa-row ${direction === 'out' ? 'mine' : 'theirs'}` },
      h(
        'div',
        { class: 'wa-bubble' },
        h('div', { class: 'wa-text', dir: 'auto' }, ...rich(text)),
        h(
          'span',
          { class: 'wa-at' },
          `${clock(at)}${segments > 1 ? ` · ${segments} parts` : ''}${direction === 'in' && status === 'delivered' ? ' · delivered' : ''}`,
        ),
      ),
    );

  return {
    element,
    show(phone: string, messages: TextMessage[]): void {
      who = phone;
      number.textContent = phone;
      const state = JSON.stringify([phone, messages]);
      if (state === shown) return;
      shown = state;
      chat.replaceChildren(
        ...(messages.length
          ? messages.map(bubble)
          : [h('p', { class: 'wa-empty' }, 'No text message yet. Write one: “Hello”, a number, STOP.')]),
      );
      chat.scrollTop = chat.scrollHeight;
    },
  };
}
