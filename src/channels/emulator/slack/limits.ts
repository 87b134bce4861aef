/** What Slack refuses. Fixtures after docs.slack.dev/reference/block-kit/blocks, /composition-objects and /views. */

/** Slack's error code, or undefined when the blocks are taken. */
export function problemWithBlocks(
  blocks: unknown,
  max: 50 | 100,
): 'invalid_blocks' | 'invalid_blocks_format' | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) return 'invalid_blocks_format';
  return blocks.length <= max && blocks.every(isValid) ? undefined : 'invalid_blocks';
}

export function problemWithView(view: Record<string, any> | undefined): string | undefined {
  if (!view || !['modal', 'home'].includes(view.type)) return 'invalid_arguments';
  if (view.type === 'modal' && !isText(view.title, 24)) return 'invalid_arguments';
  if (
    view.type === 'modal' &&
    view.blocks?.some((block: any) => block.type === 'input') &&
    !isText(view.submit, 24)
  )
    return 'invalid_arguments';
  if ((view.private_metadata ?? '').length > 3000 || (view.callback_id ?? '').length > 255)
    return 'invalid_arguments';
  return problemWithBlocks(view.blocks, 100) && 'invalid_arguments';
}

function isValid(block: any): boolean {
  if ((block.block_id ?? '').length > 255) return false;
  switch (block.type) {
    case 'header':
      return isText(block.text, 150);
    case 'section':
      return (
        (isText(block.text, 3000) || (!block.text && block.fields?.length > 0)) &&
        (block.fields ?? []).length <= 10 &&
        (block.fields ?? []).every((field: any) => isText(field, 2000))
      );
    case 'actions':
      return (
        block.elements?.length >= 1 &&
        block.elements.length <= 25 &&
        block.elements.every(isElement) &&
        areUnique(block.elements.map((element: any) => element.action_id))
      );
    case 'context':
      return block.elements?.length >= 1 && block.elements.length <= 10;
    case 'input':
      return (
        isText(block.label, 2000) && (!block.hint || isText(block.hint, 2000)) && isElement(block.element)
      );
    case 'divider':
      return true;
    default:
      return false;
  }
}

function isElement(element: any): boolean {
  if ((element?.action_id ?? '').length > 255) return false;
  switch (element?.type) {
    case 'button':
      return (
        isText(element.text, 75) &&
        (element.value ?? '').length <= 2000 &&
        (element.url ?? '').length <= 3000 &&
        (!element.confirm || isConfirm(element.confirm)) &&
        [undefined, 'primary', 'danger'].includes(element.style)
      );
    case 'plain_text_input':
      return (
        (element.initial_value ?? '').length <= 3000 &&
        (!element.placeholder || isText(element.placeholder, 150))
      );
    case 'static_select':
      return (
        element.options?.length >= 1 &&
        element.options.length <= 100 &&
        element.options.every(isOption) &&
        (!element.initial_option ||
          element.options.some((option: any) => option.value === element.initial_option.value))
      );
    case 'datetimepicker':
      return element.initial_date_time === undefined || /^\d{10}$/.test(String(element.initial_date_time));
    default:
      return false;
  }
}

const isOption = (option: any): boolean =>
  isText(option.text, 75) && typeof option.value === 'string' && option.value.length <= 150;
const isConfirm = (confirm: any): boolean =>
  isText(confirm.title, 100) &&
  isText(confirm.text, 300) &&
  isText(confirm.confirm, 30) &&
  isText(confirm.deny, 30);
const isText = (text: any, max: number): boolean =>
  typeof text?.text === 'string' && text.text.length >= 1 && text.text.length <= max;
const areUnique = (ids: unknown[]): boolean =>
  new Set(ids.filter(Boolean)).size === ids.filter(Boolean).length;
