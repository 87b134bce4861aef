/** A Slack modal as a form: its inputs by block, submitted as Slack would. */
import { h } from '../../widget/src/dom.ts';
import type { Modal, ModalBlock } from './people.ts';
import { rich } from './text.ts';

type Answer = { result: { acknowledged?: boolean; body?: unknown } | null };

export function modalOf(
  modal: Modal,
  submit: (values: Record<string, string>) => Promise<Answer>,
): HTMLElement {
  const problem = h('p', { class: 'sl-problem', role: 'alert' });
  const form = h(
    'form',
    {
      class: 'sl-modal',
      role: 'dialog',
      'aria-label': modal.title?.text ?? 'Form',
      async onsubmit(event: Event) {
        event.preventDefault();
        const values = Object.fromEntries(
          [...new FormData(form)].map(([name, value]) => [name, toValue(form, name, String(value))]),
        );
        try {
          const { result } = await submit(values);
          const errors = (result?.body as { errors?: Record<string, string> } | undefined)?.errors;
          problem.textContent = errors ? Object.values(errors).join(' ') : '';
        } catch (error) {
          problem.textContent = (error as Error).message;
        }
      },
    },
    h('b', { class: 'sl-title' }, modal.title?.text ?? ''),
    ...modal.blocks.map(field),
    problem,
    h('button', { class: 'sl-submit' }, modal.submit?.text ?? 'Submit'),
  );
  return form;
}

function field({
  type,
  block_id: name = '',
  label,
  hint,
  text,
  elements,
  element,
  optional,
}: ModalBlock): HTMLElement {
  if (type !== 'input' || !element)
    return h(
      'div',
      { class: 'sl-text' },
      ...rich(text?.text ?? elements?.map((part) => part.text ?? '').join(' ') ?? ''),
    );
  return h(
    'label',
    {},
    h('span', {}, `${label?.text ?? name}${optional ? ' (optional)' : ''}`),
    control(name, element, !optional),
    ...(hint ? [h('small', {}, hint.text)] : []),
  );
}

function control(name: string, element: NonNullable<ModalBlock['element']>, required: boolean): HTMLElement {
  if (element.type === 'static_select') {
    return h(
      'select',
      { name, required },
      ...(element.options ?? []).map(({ value, text }) =>
        h('option', { value, selected: value === element.initial_option?.value }, text.text),
      ),
    );
  }
  if (element.type === 'datetimepicker') {
    const initial = element.initial_date_time && local(new Date(element.initial_date_time * 1000));
    return h('input', { name, type: 'datetime-local', required, ...(initial && { value: initial }) });
  }
  if (element.multiline) return h('textarea', { name, rows: '3', required }, element.initial_value ?? '');
  return h('input', { name, required, value: element.initial_value ?? '' });
}

const local = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** A local time becomes the instant that Slack would send. */
function toValue(form: HTMLFormElement, name: string, value: string): string {
  const input = form.elements.namedItem(name) as HTMLInputElement | null;
  return input?.type === 'datetime-local' && value
    ? String(Math.floor(new Date(value).getTime() / 1000))
    : value;
}
