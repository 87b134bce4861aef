/** The same telephone, ringing the firm: what is heard, the keys, and whether a colleague takes it. */
import { h } from '../../widget/src/dom.ts';
import { people, type VoiceCall } from './people.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0'];

export function createCalls(onProblem: (error: unknown) => void) {
  const lines = h('div', {
    class: 'wa-chat',
    role: 'log',
    'aria-label': 'What is said on the call',
    tabindex: '0',
  });
  const acts = h('div', { class: 'call-acts' });
  const number = h('small');
  const element = h(
    'section',
    { class: 'phone phone-plain', 'aria-label': 'A customer’s call', hidden: true },
    h(
      'div',
      { class: 'wa-head' },
      h('span', {}, h('b', {}, 'RSoft'), h('small', {}, 'call')),
      h('span', { class: 'wa-me' }, number),
    ),
    lines,
    acts,
  );
  let shown = '';

  const doing = (act: () => Promise<unknown>) => () => void act().catch(onProblem);
  const button = (label: string, act: () => Promise<unknown>, kind = '') =>
    h('button', { type: 'button', class: `hint ${kind}`.trim(), onclick: doing(act) }, label);

  const keypad = (phone: string): HTMLElement =>
    h(
      'div',
      { class: 'call-keys' },
      ...keys.map((key) => button(key, () => people.calls.press(phone, key), 'call-key')),
    );

  function speech(phone: string, label: string): HTMLElement {
    const input = h('input', { placeholder: label, 'aria-label': label, autocomplete: 'off' });
    return h(
      'form',
      {
        class: 'wa-bar',
        onsubmit: (event: Event) => {
          event.preventDefault();
          const words = input.value.trim();
          input.value = '';
          if (words) people.calls.say(phone, words).catch(onProblem);
        },
      },
      input,
      h('button', { class: 'wa-send', 'aria-label': 'Say it' }, '➤'),
    );
  }

  function actsOf(phone: string, call: VoiceCall | undefined): HTMLElement[] {
    const hangUp = button('Hang up', () => people.calls.hangUp(phone));
    switch (call?.state) {
      case 'listening':
        return [keypad(phone), speech(phone, 'Or say something'), hangUp];
      case 'ringing':
        return [
          button('A colleague takes it', () => people.calls.colleague(phone, true)),
          button('Nobody takes it', () => people.calls.colleague(phone, false)),
          hangUp,
        ];
      case 'recording':
        return [speech(phone, 'Leave a message'), hangUp];
      case 'connecting':
        return [];
      default:
        return [button('☎ Call', () => people.calls.ring(phone))];
    }
  }

  return {
    element,
    show(phone: string, call: VoiceCall | undefined): void {
      number.textContent = phone;
      const state = JSON.stringify([phone, call]);
      if (state === shown) return;
      shown = state;
      lines.replaceChildren(
        ...(call?.lines.length
          ? call.lines.map(({ by, text }) =>
              h(
                'div',
                { class: `wa-row ${by === 'caller' ? 'mine' : by === 'us' ? 'theirs' : 'call-note'}` },
                h('div', { class: by === 'network' ? '' : 'wa-bubble', dir: 'auto' }, text),
              ),
            )
          : [h('p', { class: 'wa-empty' }, 'Ring the firm: the same flow answers, by voice.')]),
      );
      lines.scrollTop = lines.scrollHeight;
      acts.replaceChildren(...actsOf(phone, call));
    },
  };
}
