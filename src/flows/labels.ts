/** Labels that a channel cannot show in full: buttons and list rows have a most. */
import type { AppConfig } from '../core/config-schema.ts';
import type { ChannelCapabilities } from '../core/messaging.ts';
import type { Flow, Step } from './definition.ts';

export type Limits = Record<string, ChannelCapabilities>;

/** A line for each label that would be cut, or put as numbered text, with where and by how much. */
export function longLabels(flow: Flow, app: AppConfig, limits: Limits): string[] {
  return flow.steps.flatMap((step) =>
    Object.keys(flow.texts).flatMap((locale) => {
      const labels = labelsOf(flow, step, app, locale);
      return Object.entries(limits).flatMap(([channel, capabilities]) =>
        labels.flatMap((label) =>
          tooLong(label, labels.length, capabilities).map(
            (what) =>
              `${flow.name}: step ${step.id}: “${label}” (${locale}, ${[...label].length} characters) ${what} on ${channel}`,
          ),
        ),
      );
    }),
  );
}

function labelsOf(flow: Flow, step: Step, app: AppConfig, locale: string): string[] {
  const wordings = (key: string) => flow.texts[locale]?.[key] ?? flow.texts.en?.[key] ?? [];
  if (step.kind === 'choose') return step.options.flatMap(({ label }) => wordings(label));
  if (step.kind !== 'ask' || !step.choices) return [];
  return step.choices === 'products'
    ? app.organisation.products.map(({ name }) => name)
    : step.choices.flatMap(({ label }) => wordings(label));
}

function tooLong(label: string, count: number, { buttons, list }: ChannelCapabilities): string[] {
  const length = [...label].length;
  if (!buttons && !list) return [];
  if (buttons && count <= buttons.max && length <= buttons.label) return [];
  if (list && count <= list.rows && length <= list.label) return [];
  const most =
    list && (count > (buttons?.max ?? 0) || list.label > (buttons?.label ?? 0)) ? list.label : buttons?.label;
  return count > Math.max(buttons?.max ?? 0, list?.rows ?? 0)
    ? [`is one of ${count}, and becomes numbered text`]
    : [`is longer than the ${most} that fit`];
}
