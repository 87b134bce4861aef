/** A form of the organisation's, drawn where its script stands: every answer named, every fault beside its field. */
import { readableOn } from './colour.ts';
import { h } from './dom.ts';
import look from './form.css?inline';
import { dress } from './shadow.ts';

export type FormField = {
  name: string;
  label: string;
  target: string;
  kind: 'text' | 'longtext' | 'select';
  options: string[];
  required: boolean;
};
export type FormLook = {
  title: string;
  intro?: string;
  button: string;
  colour: string;
  fields: FormField[];
  consent?: string;
  thanks: string;
};
export type Fault = { path: string; message: string };
/** Resolves with the words of thanks. @throws Refused */
export type Submit = (filled: {
  id: string;
  fields: Record<string, string>;
  consent: boolean;
  website: string;
}) => Promise<string>;
export class Refused extends Error {
  readonly faults: Fault[];
  constructor(faults: Fault[], message = '') {
    super(message);
    this.faults = faults;
  }
}

const words = {
  en: {
    choose: 'Please choose',
    sending: 'Sending…',
    trouble: 'It was not sent. Please try again in a moment.',
    check: 'Please check what is marked.',
    needed: 'needed',
  },
  hi: {
    choose: 'कृपया चुनें',
    sending: 'भेजा जा रहा है…',
    trouble: 'नहीं भेजा गया। कृपया थोड़ी देर में फिर कोशिश करें।',
    check: 'कृपया चिह्नित जगहें जाँच लें।',
    needed: 'ज़रूरी',
  },
};

/** By what browsers fill in what they know of somebody. */
const known: Record<string, [type: string, autocomplete: string]> = {
  name: ['text', 'name'],
  firstName: ['text', 'given-name'],
  lastName: ['text', 'family-name'],
  phone: ['tel', 'tel'],
  email: ['email', 'email'],
  company: ['text', 'organization'],
  city: ['text', 'address-level2'],
};

export function drawForm(form: FormLook, submit: Submit, language = 'en'): HTMLElement {
  const say = language.toLowerCase().startsWith('hi') ? words.hi : words.en;
  // The same until it was taken: what is sent again after a lost answer is one form.
  const id = newId();
  const status = h('p', { class: 'status', role: 'status' });
  const button = h('button', { type: 'submit' }, form.button);
  const lines = new Map(form.fields.map((field) => [field.name, lineOf(field, say)]));
  const consent = form.consent ? h('input', { type: 'checkbox', id: 'consent', required: true }) : undefined;
  // Hidden from people and from screen readers; machines fill in whatever they find.
  const trap = h('input', { type: 'text', name: 'website', tabindex: '-1', autocomplete: 'off' });
  const fault = h('span', { class: 'fault', id: 'fault-consent' });
  const element = h(
    'form',
    { novalidate: true, 'aria-label': form.title, onsubmit: (event) => void send(event) },
    h('h2', {}, form.title),
    ...(form.intro ? [h('p', { class: 'intro' }, form.intro)] : []),
    ...[...lines.values()].map(({ line }) => line),
    ...(consent && form.consent
      ? [h('p', { class: 'consent' }, consent, h('label', { for: 'consent' }, form.consent), fault)]
      : []),
    h('p', { class: 'trap', 'aria-hidden': 'true' }, trap),
    status,
    button,
  );

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    show([]);
    button.disabled = true;
    status.textContent = say.sending;
    const fields = Object.fromEntries([...lines].map(([name, { input }]) => [name, input.value.trim()]));
    try {
      const thanks = await submit({ id, fields, consent: consent?.checked ?? false, website: trap.value });
      const said = h('p', { class: 'thanks', role: 'status', tabindex: '-1' }, thanks);
      element.replaceWith(said);
      said.focus();
    } catch (error) {
      const { faults, message } = error instanceof Refused ? error : new Refused([]);
      status.textContent = faults.length ? say.check : message || say.trouble;
      show(faults);
    } finally {
      button.disabled = false;
    }
  }

  function show(faults: Fault[]): void {
    const of = (name: string) => faults.find(({ path }) => path === `fields.${name}`)?.message ?? '';
    for (const [name, { input, fault }] of lines) {
      fault.textContent = of(name);
      input.setAttribute('aria-invalid', String(of(name) !== ''));
    }
    fault.textContent = of('consent');
    const first = [...lines].find(([name]) => of(name))?.[1].input ?? (of('consent') ? consent : undefined);
    first?.focus();
  }

  const host = h('div', { class: 'parley-form' });
  const shadow = host.attachShadow({ mode: 'open' });
  const root = h('div', { class: 'root', lang: language }, element);
  root.style.setProperty('--accent', form.colour);
  root.style.setProperty('--on-accent', readableOn(form.colour));
  dress(shadow, look);
  shadow.append(root);
  return host;
}

function lineOf({ name, label, target, kind, options, required }: FormField, say: (typeof words)['en']) {
  const [type, autocomplete] = known[target] ?? ['text', 'off'];
  const described = {
    id: `f-${name}`,
    name,
    'aria-describedby': `fault-${name}`,
    'aria-required': String(required),
  };
  const input =
    kind === 'longtext'
      ? h('textarea', { ...described, rows: '4' })
      : kind === 'select'
        ? h(
            'select',
            described,
            h('option', { value: '' }, say.choose),
            ...options.map((option) => h('option', { value: option }, option)),
          )
        : h('input', { ...described, type, autocomplete });
  const fault = h('span', { class: 'fault', id: `fault-${name}` });
  const mark = required ? [h('small', {}, ` (${say.needed})`)] : [];
  const line = h('p', {}, h('label', { for: `f-${name}` }, label, ...mark), input as HTMLElement, fault);
  return { line, input: input as HTMLInputElement, fault };
}

/** Where a page is not secure there is no `randomUUID`. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
