/** What a visitor may do beside writing, behind the three dots. */
import type { Chat } from './chat.ts';
import { h, icon } from './dom.ts';
import type { Look } from './types.ts';
import type { Words } from './words.ts';

type Deps = { chat: Chat; look: Look; words: Words; prove: () => void; say: (text: string) => void };

export function createMenu({ chat, look, words, prove, say }: Deps) {
  const act = (label: string, run: () => void) =>
    h(
      'button',
      {
        type: 'button',
        onclick() {
          show(false);
          run();
        },
      },
      label,
    );
  const list = h(
    'div',
    { class: 'menu', hidden: true },
    ...(look.prove?.length ? [act(words.prove, prove)] : []),
    ...(look.goOn ? [act(words.goOn, () => void goOn())] : []),
  );
  const button = h(
    'button',
    {
      type: 'button',
      class: 'more-acts',
      'aria-label': words.more,
      'aria-expanded': 'false',
      onclick: () => show(Boolean(list.hidden)),
    },
    icon('more'),
  );

  function show(on: boolean): void {
    list.hidden = !on;
    button.setAttribute('aria-expanded', String(on));
    if (on) (list.firstElementChild as HTMLElement).focus();
  }

  /** A new window must be opened at the press: later a browser would not let us. */
  async function goOn(): Promise<void> {
    const tab = window.open('', '_blank');
    const url = await chat.goOn().catch(() => undefined);
    if (url && tab) {
      tab.opener = null;
      tab.location.href = url;
      return;
    }
    tab?.close();
    say(words.goOnFirst);
  }

  return {
    list,
    /** Absent where there is nothing to choose. */
    button: list.firstElementChild ? button : undefined,
    /** @returns whether it was open. */
    leave(): boolean {
      if (list.hidden) return false;
      show(false);
      button.focus();
      return true;
    },
  };
}
