/** A form ↔ a modal. Pure. Source: docs.slack.dev/reference/views/modal-views. */
import { z } from 'zod';
import type { Form, FormField } from '../../core/messaging.ts';
import { shorten } from '../render.ts';
import { type Block, plainText } from './blocks.ts';

/** What the modal carries for us: which command, what is fixed, and where the answer may go. */
type Metadata = { command: string; fixed: Record<string, unknown>; meta: Record<string, unknown> };
const maxMetadata = 3000;

/** @returns undefined when what is fixed does not fit into a modal. */
export function toModal(form: Form, meta: Record<string, unknown>): Record<string, unknown> | undefined {
  const metadata = JSON.stringify({ command: form.command, fixed: form.fixed, meta } satisfies Metadata);
  if (metadata.length > maxMetadata) return undefined;
  return {
    type: 'modal',
    callback_id: 'form',
    title: plainText(form.title, 24),
    submit: plainText('Save', 24),
    close: plainText('Cancel', 24),
    private_metadata: metadata,
    blocks: [
      ...(form.note ? [{ type: 'section', text: plainText(form.note, 3000) }] : []),
      ...form.fields.slice(0, 90).map(input),
    ],
  };
}

function input(field: FormField): Block {
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, 2000),
    element: element(field),
    ...(field.optional && { optional: true }),
    ...(field.hint && { hint: plainText(field.hint, 2000) }),
  };
}

function element({ type, options = [], value }: FormField): Record<string, unknown> {
  if (type === 'select') {
    const offered = options
      .slice(0, 100)
      .map((option) => ({ text: plainText(option.label, 75), value: option.value }));
    const initial = offered.find((option) => option.value === value);
    return {
      type: 'static_select',
      action_id: 'value',
      options: offered,
      ...(initial && { initial_option: initial }),
    };
  }
  if (type === 'datetime') {
    const at = value === undefined ? Number.NaN : Date.parse(value);
    return {
      type: 'datetimepicker',
      action_id: 'value',
      ...(Number.isFinite(at) && { initial_date_time: Math.floor(at / 1000) }),
    };
  }
  return {
    type: 'plain_text_input',
    action_id: 'value',
    multiline: type === 'longtext',
    ...(value && { initial_value: shorten(value, 3000) }),
  };
}

type Submitted = {
  private_metadata?: string;
  state?: { values: Record<string, Record<string, Record<string, unknown>>> };
};

/** Fixed and filled-in values in one; times as ISO instants; what was left empty is absent. */
export function readSubmission(view: Submitted): {
  command: string;
  values: Record<string, unknown>;
  meta: Record<string, unknown>;
} {
  const { command = '', fixed = {}, meta = {} } = metadataOf(view.private_metadata);
  const filled = Object.entries(view.state?.values ?? {}).flatMap(([name, { value: state }]) => {
    const value = state && read(state);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return { command, values: { ...fixed, ...Object.fromEntries(filled) }, meta };
}

const metadataSchema = z.object({
  command: z.string(),
  fixed: z.record(z.string(), z.unknown()),
  meta: z.record(z.string(), z.unknown()),
});

/** Ours, and yet it came from outside: a modal of another app with our callback would have none. */
function metadataOf(text: string | undefined): Partial<Metadata> {
  try {
    return metadataSchema.safeParse(JSON.parse(text ?? '')).data ?? {};
  } catch {
    return {};
  }
}

function read(state: Record<string, unknown>): unknown {
  if (state.type === 'static_select') return (state.selected_option as { value?: unknown } | null)?.value;
  if (state.type !== 'datetimepicker')
    return typeof state.value === 'string' ? state.value.trim() : undefined;
  const at = new Date(Number(state.selected_date_time || Number.NaN) * 1000);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
