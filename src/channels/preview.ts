/** How a message would look on each customer channel: for those who write texts. */
import { measure, plain } from '../core/segments.ts';
import { channels } from './index.ts';
import { render } from './render.ts';
import { heardAs } from './telephony/ivr/prompt.ts';

/** @param labels of the choices below the words */
export async function previewOf(words: string, labels: string[]) {
  const all = await Promise.all(Object.values(channels).map((load) => load()));
  const choices = labels.map((label, i) => ({ label, value: String(i + 1) }));
  return all
    .filter(({ audience }) => audience === 'customer')
    .map(({ name, capabilities }) => {
      const rendered = render(
        { kind: 'text', text: words, ...(choices.length && { choices }) },
        capabilities,
      );
      const { text: most, buttons, list } = capabilities;
      const limits = { text: most, ...(buttons && { buttons }), ...(list && { list }) };
      const shown = { channel: name, limits };
      if (name === 'telephony') {
        const text = heardAs({ text: words, ...(choices.length && { choices }) });
        return { ...shown, kind: 'text' as const, text, choices: [] };
      }
      if (rendered.kind === 'buttons')
        return { ...shown, kind: 'buttons' as const, text: rendered.text, choices: rendered.buttons };
      if (rendered.kind === 'list')
        return { ...shown, kind: 'list' as const, text: rendered.text, choices: rendered.rows };
      const said = rendered.kind === 'text' ? rendered.text : words;
      const sent = name === 'sms' ? plain(said) : said;
      const charged = name === 'sms' && { segments: measure(sent).segments };
      return { ...shown, ...charged, kind: 'text' as const, text: sent, choices: [] };
    });
}
