/** `<script src="https://HOST/widget.js" data-form="pk_…" async></script>`: the form stands where the tag does. */
import { drawForm, type FormLook, Refused } from './form.ts';

export async function embedForm(script: HTMLScriptElement, key: string): Promise<void> {
  const address = `${new URL(script.src, location.href).origin}/forms/${encodeURIComponent(key)}`;
  const language = script.dataset.lang ?? (document.documentElement.lang || navigator.language);
  const shown = await fetch(address, { credentials: 'omit' });
  if (!shown.ok) throw new Error(`HTTP ${shown.status}`);
  const element = drawForm(
    (await shown.json()) as FormLook,
    async (filled) => {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'omit',
        signal: AbortSignal.timeout(20_000),
        body: JSON.stringify({
          ...filled,
          page: location.href.slice(0, 2000),
          title: document.title.slice(0, 300),
          referrer: document.referrer.slice(0, 2000),
        }),
      });
      const told = await answer.json().catch(() => undefined);
      if (answer.ok) return String(told?.thanks ?? '');
      throw new Refused(told?.error?.details?.fields ?? [], answer.status < 500 ? told?.error?.message : '');
    },
    language,
  );
  if (script.parentElement && script.parentElement !== document.head) script.before(element);
  else document.body.append(element);
}
