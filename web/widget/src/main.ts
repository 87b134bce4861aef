/**
 * The web chat that any site embeds with one tag:
 *   <script src="https://HOST/widget.js" data-account="website" async></script>
 * With `data-form="pk_…"` it is a form, in the place of the tag. `data-open` opens it at once, `data-lang="hi"` sets its language (else the page's). `window.Parley` opens and closes it.
 */
import { createChat } from './chat.ts';
import { createClient } from './client.ts';
import { embedForm } from './embed-form.ts';
import { greetByRule } from './greet.ts';
import { createPanel } from './panel.ts';
import { createStorage } from './storage.ts';
import { wordsFor } from './words.ts';

declare global {
  interface Window {
    Parley?: { open(): void; close(): void; toggle(): void };
  }
}

async function begin(script: HTMLScriptElement): Promise<void> {
  const host = new URL(script.src, location.href).origin;
  const client = createClient(host);
  const look = await client.look(script.dataset.account ?? '');
  const storage = createStorage(`${host}/${look.account}`);
  const language = script.dataset.lang ?? (document.documentElement.lang || navigator.language);

  let show = () => {};
  const chat = createChat({
    client,
    storage,
    account: look.account,
    ...(look.upload && { maxBytes: look.upload.maxBytes }),
    onChange: () => show(),
  });
  const panel = createPanel({ chat, look, words: wordsFor(language), language, host, storage });
  show = () => panel.update(chat.state());

  document.body.append(panel.element);
  window.Parley = { open: panel.open, close: panel.close, toggle: panel.toggle };
  panel.begin();
  if (script.dataset.open !== undefined) panel.open();
  chat.start();
  greetByRule(
    look,
    storage,
    () => !panel.isOpen() && !chat.state().items.length && !chat.state().pending.length,
    panel.greet,
  );
}

const script = (document.currentScript ??
  document.querySelector('script[src$="/widget.js"]')) as HTMLScriptElement | null;
const form = script?.dataset.form;
if (script && (form || !window.Parley)) {
  const start = () =>
    (form ? embedForm(script, form) : begin(script)).catch((error) =>
      console.warn(`The ${form ? 'form' : 'chat'} could not be started:`, error),
    );
  if (document.body) void start();
  else addEventListener('DOMContentLoaded', start);
}
