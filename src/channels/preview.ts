/** How a message would look on each customer channel: for those who write texts. */
import { channels } from './index.ts';
import { render } from './render.ts';

/** @param labels of the choices below the text */
export async function previewOf(text: string, labels: string[]) {
  const all = await Promise.all(Object.values(channels).map((load) => load()));
  const choices = labels.map((label, i) => ({ label, value: String(i + 1) }));
  return all
    .filter(({ audience }) => audience === 'customer')
    .map(({ name, capabilities }) => {
      const rendered = render({ kind: 'text', text, ...(choices.length && { choices }) }, capabilities);
      const { text: most, buttons, list } = capabilities;
      const limits = { text: most, ...(buttons && { buttons }), ...(list && { list }) };
      const shown = { channel: name, limits };
      if (rendered.kind === 'buttons')
        return { ...shown, kind: 'buttons' as const, text: rendered.text, choices: rendered.buttons };
      if (rendered.kind === 'list')
        return { ...shown, kind: 'list' as const, text: rendered.text, choices: rendered.rows };
      return {
        ...shown,
        kind: 'text' as const,
        text: rendered.kind === 'text' ? rendered.text : text,
        choices: [],
      };
    });
}
