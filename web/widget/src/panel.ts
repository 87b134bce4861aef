/** The button in the corner and the window it opens. */
import { createAttach } from './attach.ts';
import type { Chat, ChatState } from './chat.ts';
import { readableOn } from './colour.ts';
import { h, icon, reconcile } from './dom.ts';
import { createIdentity } from './identity.ts';
import launcherLook from './launcher.css?inline';
import { createMenu } from './menu.ts';
import messages from './messages.css?inline';
import { rowsOf } from './messages.ts';
import { dress } from './shadow.ts';
import sheetLook from './sheet.css?inline';
import type { Storage } from './storage.ts';
import { clean } from './text.ts';
import type { Look } from './types.ts';
import frame from './widget.css?inline';
import type { Words } from './words.ts';

type Deps = { chat: Chat; look: Look; words: Words; language: string; host: string; storage: Storage };

export function createPanel({ chat, look, words, language, host, storage }: Deps) {
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: true });
  const launcher = h(
    'button',
    {
      type: 'button',
      class: 'launcher',
      'aria-expanded': 'false',
      'aria-controls': 'panel',
      onclick: () => toggle(),
    },
    icon('chat'),
    icon('down'),
    badge,
  );
  const teaser = h('button', {
    type: 'button',
    class: 'teaser',
    hidden: true,
    tabindex: '-1',
    'aria-hidden': 'true',
    onclick: () => open(),
  });
  const log = h('div', { class: 'log', role: 'log', 'aria-label': words.log, tabindex: '0' });
  const banner = h('div', { class: 'banner', role: 'status' });
  const input = h('textarea', {
    rows: '1',
    placeholder: words.write,
    'aria-label': words.message,
    enterkeyhint: 'send',
    dir: 'auto',
    maxlength: '20000',
    oninput: resize,
    onkeydown: onKey,
  });
  const button = h('button', { type: 'submit', class: 'send', 'aria-label': words.send }, icon('send'));
  const form = h('form', { class: 'composer', onsubmit: submit }, input, button);
  const menu = createMenu({ chat, look, words, prove: showSheet, say });
  const head = h(
    'header',
    {},
    h('span', { class: 'face', 'aria-hidden': 'true' }, initials(look.title)),
    h('span', { class: 'titles' }, h('b', { id: 'title' }, look.title), h('small', {}, look.subtitle)),
    ...(menu.button ? [menu.button] : []),
    h('button', { type: 'button', class: 'close', 'aria-label': words.close, onclick: close }, icon('down')),
  );
  const panel = h(
    'section',
    {
      id: 'panel',
      class: 'panel',
      role: 'dialog',
      'aria-labelledby': 'title',
      hidden: true,
      onkeydown: onPanelKey,
    },
    head,
    menu.list,
    log,
    banner,
    form,
  );

  if (look.upload) button.before(createAttach(chat, words, panel, input));
  let greeted = '';
  let notice = '';
  let sheet: HTMLElement | undefined;

  const element = h('div', { id: 'parley-chat' });
  element.style.cssText = 'all:initial';
  const shadow = element.attachShadow({ mode: 'open' });
  const root = h('div', { class: 'root', lang: language }, panel, teaser, launcher);
  root.style.setProperty('--accent', look.colour);
  root.style.setProperty('--on-accent', readableOn(look.colour));
  dress(shadow, css);
  shadow.append(root);
  const phone = matchMedia('(max-width: 480px)');
  let wasLoaded = false;
  let teased = 0;

  function update(state: ChatState): void {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    const isOwnNew = state.pending.at(-1)?.state === 'sending';
    const hadFocus = log.contains(shadow.activeElement);
    reconcile(
      log,
      rowsOf({
        state,
        greeting: greeted || look.greeting,
        maxBytes: look.upload?.maxBytes ?? 0,
        starters: look.starters,
        words,
        language,
        host,
        chat,
        now: new Date(),
      }),
    );
    if (isAtEnd || isOwnNew || !wasLoaded) log.scrollTop = log.scrollHeight;
    // The pressed button is gone: the keyboard must not fall back to the page. A phone's keyboard stays down.
    if (hadFocus && !shadow.activeElement) (phone.matches ? log : input).focus({ preventScroll: true });
    // History is not read aloud; what comes after it is.
    if (state.loaded && !wasLoaded) {
      wasLoaded = true;
      requestAnimationFrame(() => log.setAttribute('aria-live', 'polite'));
    }
    banner.textContent = !navigator.onLine ? words.offline : state.connected ? notice : words.unavailable;
    if (isOpen() && document.visibilityState === 'visible') chat.markSeen();
    showUnread(isOpen() ? 0 : state.unread, state);
  }

  function showUnread(count: number, { items }: ChatState): void {
    badge.hidden = count === 0;
    badge.textContent = count > 9 ? '9+' : String(count);
    launcher.setAttribute(
      'aria-label',
      isOpen() ? words.close : count ? `${words.open}, ${words.unread(count)}` : words.open,
    );
    const newest = items.at(-1);
    const isNew = count > 0 && newest !== undefined && newest.seq > teased;
    if (isNew) teaser.textContent = clean(newest.text).slice(0, 140) || words.unread(1);
    const isGreeting = greeted !== '' && !newest && !isOpen();
    if (isGreeting) teaser.textContent = greeted;
    teaser.hidden = !(isGreeting || (count > 0 && newest?.direction === 'out' && teaser.textContent));
    // What comes by itself is told to those who do not see it, too, and can be reached with the keyboard.
    teaser.setAttribute('aria-hidden', String(!isGreeting));
    teaser.tabIndex = isGreeting ? 0 : -1;
  }

  function showSheet(): void {
    sheet?.remove();
    sheet = createIdentity({ chat, look, words, language, done: hideSheet });
    form.before(sheet);
    form.hidden = true;
    sheet.querySelector('input')!.focus();
  }

  function hideSheet(said = ''): void {
    sheet?.remove();
    sheet = undefined;
    form.hidden = false;
    say(said);
    input.focus({ preventScroll: true });
  }

  function say(text: string): void {
    notice = text;
    update(chat.state());
  }

  const isOpen = () => !panel.hidden;

  function open(): void {
    panel.hidden = false;
    root.classList.add('open');
    launcher.setAttribute('aria-expanded', 'true');
    panel.toggleAttribute('aria-modal', phone.matches);
    if (phone.matches) document.documentElement.style.overflow = 'hidden';
    storage.write({ open: true });
    fitKeyboard();
    resize();
    update(chat.state());
    log.scrollTop = log.scrollHeight;
    input.focus({ preventScroll: true });
  }

  function close(): void {
    teased = chat.state().items.at(-1)?.seq ?? 0;
    panel.hidden = true;
    root.classList.remove('open');
    launcher.setAttribute('aria-expanded', 'false');
    document.documentElement.style.overflow = '';
    storage.write({ open: false });
    update(chat.state());
    launcher.focus({ preventScroll: true });
  }

  const toggle = () => (isOpen() ? close() : open());

  function submit(event: Event): void {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = '';
    resize();
    notice = '';
    chat.send(text);
    input.focus({ preventScroll: true });
  }

  function onKey(event: KeyboardEvent): void {
    // While a Hindi or Japanese word is being composed, Enter belongs to the keyboard.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  }

  function onPanelKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Escape') {
      if (sheet) hideSheet();
      else if (!menu.leave()) close();
    }
    if (event.key !== 'Tab' || !phone.matches || !isOpen()) return;
    const stops = [
      ...panel.querySelectorAll<HTMLElement>('button, a[href], input, textarea, [tabindex="0"]'),
    ].filter((stop) => stop.getClientRects().length > 0);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (shadow.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }

  function resize(): void {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
    button.disabled = input.value.trim() === '';
  }

  /** On a phone the keyboard covers the page: the window takes what is left of it. */
  function fitKeyboard(): void {
    const visible = window.visualViewport;
    panel.style.height = phone.matches && visible ? `${visible.height}px` : '';
    panel.style.top = phone.matches && visible ? `${visible.offsetTop}px` : '';
  }

  window.visualViewport?.addEventListener('resize', fitKeyboard);
  window.visualViewport?.addEventListener('scroll', fitKeyboard);
  document.addEventListener('visibilitychange', () => update(chat.state()));
  addEventListener('online', () => update(chat.state()));
  addEventListener('offline', () => update(chat.state()));

  return {
    element,
    isOpen,
    greet(text: string) {
      greeted = text;
      update(chat.state());
    },
    open,
    close,
    toggle,
    update,
    /** After it stands in the page. */
    begin() {
      resize();
      update(chat.state());
      // On a phone the window would cover the page that was just loaded.
      if (storage.read().open && !phone.matches) open();
    },
  };
}

const initials = (title: string) =>
  title
    .split(/\s+/)
    .map((word) => [...word][0])
    .slice(0, 2)
    .join('')
    .toUpperCase();

// The frame last: what it says of phones and of reduced motion outranks the rest.
const css = launcherLook + messages + sheetLook + frame;
