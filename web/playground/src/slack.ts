/** A colleague's Slack: the direct message with Parley, its Home and its modals. */
import { h } from '../../widget/src/dom.ts';
import { modalOf } from './modal.ts';
import { type Button, type Colleague, people } from './people.ts';
import { clock, rich } from './text.ts';

export function createSlack(onProblem: (error: unknown) => void, onPress: () => void) {
  const people_ = h('div', { class: 'sl-people', role: 'tablist', 'aria-label': 'Whose Slack' });
  const log = h('div', { class: 'sl-log', role: 'log', 'aria-label': 'Messages with Parley', tabindex: '0' });
  const home = h('div', { class: 'sl-log', hidden: true });
  const overlay = h('div', { class: 'sl-overlay', hidden: true });
  const input = h('input', {
    placeholder: 'Message Parley, or type /crm help',
    'aria-label': 'Write as the colleague',
    autocomplete: 'off',
  });
  const quick = ['/crm today', '/crm next', '/crm help'].map((text) =>
    h('button', { type: 'button', class: 'hint', onclick: () => send(text) }, text),
  );
  const extra = h('button', {
    type: 'button',
    class: 'hint',
    hidden: true,
    onclick() {
      become('U0MANAGER');
      send(extra.textContent ?? '');
    },
  });
  const form = h(
    'form',
    { class: 'sl-bar', onsubmit: submit },
    input,
    h('button', { class: 'sl-send', 'aria-label': 'Send as the colleague' }, '➤'),
  );
  const tabs = (['Messages', 'Home'] as const).map((name) =>
    h('button', { type: 'button', class: 'sl-tab', onclick: () => openTab(name) }, name),
  );
  const element = h(
    'section',
    { class: 'slack', 'aria-label': 'A colleague’s Slack' },
    h(
      'aside',
      { class: 'sl-side' },
      h('b', { class: 'sl-team' }, 'RSoft'),
      h('small', {}, 'You are'),
      people_,
    ),
    h(
      'div',
      { class: 'sl-main' },
      h(
        'div',
        { class: 'sl-head' },
        h('span', { class: 'sl-app', 'aria-hidden': 'true' }, 'P'),
        h('b', {}, 'Parley'),
        h('span', { class: 'sl-badge' }, 'APP'),
        ...tabs,
      ),
      log,
      home,
      h('div', { class: 'sl-quick' }, ...quick, extra),
      form,
      overlay,
    ),
  );

  let me = '';
  let chosen = false;
  let tab: 'Messages' | 'Home' = 'Messages';
  let colleagues: Colleague[] = [];
  let shown = '';
  const seen = new Map<string, string>();

  const doing = (act: Promise<unknown>) => act.catch(onProblem);

  function send(text: string): void {
    openTab('Messages');
    void doing(
      text.startsWith('/crm') ? people.slack.slash(me, text.slice(4).trim()) : people.slack.say(me, text),
    );
    onPress();
  }

  function submit(event: Event): void {
    event.preventDefault();
    if (input.value.trim()) send(input.value.trim());
    input.value = '';
  }

  function openTab(next: 'Messages' | 'Home'): void {
    tab = next;
    if (next === 'Home') void doing(people.slack.openHome(me));
    draw();
  }

  function become(id: string): void {
    me = id;
    chosen = true;
    if (tab === 'Home') openTab('Home');
    draw();
  }

  function buttonRow(buttons: Button[], press: (button: Button) => Promise<unknown>): HTMLElement[] {
    if (!buttons.length) return [];
    return [
      h(
        'div',
        { class: 'sl-buttons' },
        ...buttons.map((button) =>
          button.url
            ? h(
                'a',
                {
                  class: 'sl-button',
                  href: new URL(button.url, location.href).pathname,
                  target: '_blank',
                  rel: 'noopener',
                },
                button.text,
              )
            : h(
                'button',
                {
                  type: 'button',
                  class: 'sl-button',
                  onclick() {
                    if (button.confirm && !confirm(button.confirm.text?.text ?? `${button.text}?`)) return;
                    onPress();
                    void doing(press(button));
                  },
                },
                button.text,
              ),
        ),
      ),
    ];
  }

  function draw(): void {
    const person = colleagues.find(({ id }) => id === me);
    if (!person) return;
    const state = JSON.stringify([me, tab, colleagues]);
    if (state === shown) return;
    shown = state;
    seen.set(me, person.messages.at(-1)?.ts ?? '');
    people_.replaceChildren(
      ...colleagues.map(({ id, realName, messages }) => {
        const unread = messages.filter(({ ts, mine }) => !mine && ts > (seen.get(id) ?? '')).length;
        return h(
          'button',
          {
            type: 'button',
            role: 'tab',
            class: 'sl-person',
            'aria-selected': String(id === me),
            onclick: () => become(id),
          },
          realName,
          ...(unread ? [h('span', { class: 'sl-unread' }, String(unread))] : []),
        );
      }),
    );
    for (const button of tabs) button.setAttribute('aria-pressed', String(button.textContent === tab));
    log.hidden = tab !== 'Messages';
    home.hidden = tab !== 'Home';
    log.replaceChildren(
      ...(person.messages.length
        ? person.messages.map((message) =>
            h(
              'article',
              { class: `sl-message${message.ephemeral ? ' only' : ''}` },
              h(
                'span',
                { class: `sl-face${message.mine ? ' own' : ''}`, 'aria-hidden': 'true' },
                message.mine ? person.realName[0]! : 'P',
              ),
              h(
                'div',
                {},
                h(
                  'div',
                  { class: 'sl-who' },
                  h('b', {}, message.mine ? person.realName : 'Parley'),
                  h(
                    'small',
                    {},
                    `${clock(Number(message.ts) * 1000)}${message.edited ? ' · edited' : ''}${message.ephemeral ? ' · only visible to you' : ''}`,
                  ),
                ),
                h('div', { class: 'sl-text', dir: 'auto' }, ...rich(message.text)),
                ...buttonRow(message.buttons, (button) =>
                  people.slack.press(me, button.text, {
                    ts: message.ts,
                    actionId: button.actionId,
                    blockId: button.blockId,
                  }),
                ),
              ),
            ),
          )
        : [h('p', { class: 'sl-empty' }, 'Nothing here yet. New leads arrive here by themselves.')]),
    );
    log.scrollTop = log.scrollHeight;
    home.replaceChildren(
      ...(person.home
        ? [
            h('div', { class: 'sl-text' }, ...rich(person.home.text)),
            ...buttonRow(person.home.buttons, (button) =>
              people.slack.pressHome(me, button.text, { actionId: button.actionId, blockId: button.blockId }),
            ),
          ]
        : [h('p', { class: 'sl-empty' }, 'Home is being drawn…')]),
    );
    overlay.hidden = !person.modal;
    overlay.replaceChildren(
      ...(person.modal ? [modalOf(person.modal, (values) => people.slack.submit(me, values))] : []),
    );
  }

  return {
    element,
    /** Another command to tap, said by the manager. */
    suggest(command: string | undefined): void {
      extra.hidden = command === undefined;
      extra.textContent = command ?? '';
    },
    show(next: Colleague[]): void {
      if (!colleagues.length) for (const { id, messages } of next) seen.set(id, messages.at(-1)?.ts ?? '');
      // Until somebody is chosen, we look over the shoulder of whoever is told something.
      const told = next.find(
        ({ id, messages, name }) =>
          name !== 'meera' && messages.some(({ ts, mine }) => !mine && ts > (seen.get(id) ?? '')),
      );
      if (!me || (!chosen && told)) me = (told ?? next[0])?.id ?? '';
      colleagues = next;
      draw();
    },
  };
}
