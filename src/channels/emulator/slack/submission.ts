/** What a filled-in modal sends. */
import type { OpenView } from './state.ts';

/** `view.state.values[block_id][action_id]`, after docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
export function stateOf(
  { view }: OpenView,
  values: Record<string, string>,
): Record<string, Record<string, any>> {
  const inputs = view.blocks.filter((block: any) => block.type === 'input');
  for (const name of Object.keys(values))
    if (!inputs.some((block: any) => block.block_id === name))
      throw new Error(`the modal has no field ${name}`);
  return Object.fromEntries(
    inputs.map((block: any) => [
      block.block_id,
      {
        [block.element.action_id]: elementState(
          block.element,
          values[block.block_id],
          block.label.text,
          block.optional,
        ),
      },
    ]),
  );
}

function elementState(
  element: any,
  given: string | undefined,
  label: string,
  optional?: boolean,
): Record<string, any> {
  const filled = <T>(value: T | null | undefined): T | null => {
    if ((value ?? '') === '' && !optional) throw new Error(`“${label}” must be filled in`);
    return value ?? null;
  };
  if (element.type === 'static_select') {
    const option =
      given === undefined
        ? element.initial_option
        : element.options.find((one: any) => one.value === given || one.text.text === given);
    if (given !== undefined && !option) throw new Error(`“${label}” has no option ${given}`);
    return { type: element.type, selected_option: filled(option) };
  }
  if (element.type === 'datetimepicker') {
    const seconds =
      given === undefined
        ? element.initial_date_time
        : /^\d+$/.test(given)
          ? Number(given)
          : Date.parse(given) / 1000;
    return { type: element.type, selected_date_time: filled(seconds) };
  }
  return { type: element.type, value: filled(given ?? element.initial_value) };
}
