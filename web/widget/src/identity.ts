/** The sheet in which a visitor shows who they are: a number or mail address, then the code that was sent to it. */
import type { Chat } from './chat.ts';
import { CallError } from './client.ts';
import { h } from './dom.ts';
import type { Look } from './types.ts';
import type { Words } from './words.ts';

type Deps = { chat: Chat; look: Look; words: Words; language: string; done: (said?: string) => void };

export function createIdentity({ chat, look, words, language, done }: Deps): HTMLElement {
  const byPhone = look.prove?.includes('phone');
  const byMail = look.prove?.includes('email');
  const label = byPhone && byMail ? words.phoneOrMail : byPhone ? words.phone : words.mail;
  const address = h('input', {
    type: byPhone && !byMail ? 'tel' : byMail && !byPhone ? 'email' : 'text',
    autocomplete: byPhone ? 'tel' : 'email',
    id: 'proof-address',
    dir: 'ltr',
  });
  const code = h('input', {
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: '6',
    id: 'proof-code',
    dir: 'ltr',
  });
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const hint = h('p', { class: 'hint', role: 'status' }, words.proveWhy);
  const codeLine = h('p', { hidden: true }, h('label', { for: 'proof-code' }, words.code), code);
  const act = h('button', { type: 'submit', class: 'act' }, words.sendCode);
  const cancel = h('button', { type: 'button', class: 'cancel', onclick: () => done() }, words.cancel);
  const isAsked = () => !codeLine.hidden;

  async function go(event: Event): Promise<void> {
    event.preventDefault();
    trouble.textContent = '';
    act.disabled = true;
    try {
      if (isAsked()) {
        await chat.confirm(code.value);
        done(words.proved);
        return;
      }
      const value = address.value.trim();
      const to = await chat.prove(value.includes('@') ? { email: value } : { phone: value }, language);
      codeLine.hidden = false;
      address.readOnly = true;
      hint.textContent = words.codeSent(to);
      act.textContent = words.confirm;
      code.focus();
    } catch (error) {
      trouble.textContent = wordsOf(error, words, isAsked());
    } finally {
      act.disabled = false;
    }
  }

  return h(
    'form',
    { class: 'sheet', 'aria-label': words.prove, onsubmit: (event) => void go(event) },
    h('b', {}, words.prove),
    hint,
    h('p', {}, h('label', { for: 'proof-address' }, label), address),
    codeLine,
    trouble,
    h('div', { class: 'acts' }, cancel, act),
  );
}

function wordsOf(error: unknown, words: Words, isAsked: boolean): string {
  const { status, left } = error instanceof CallError ? error : new CallError(0);
  if (status === 429) return words.tooOften;
  if (status === 400) return isAsked ? (left ? words.wrongCode(left) : words.codeSpent) : words.badAddress;
  return words.unavailable;
}
