/** Content → what `sendMessage` and `editMessageText` take. Source: core.telegram.org/bots/api#formatting-options (HTML). */
import type { ChannelPort } from '../../core/define.ts';
import type { Again, Card, CardButton, Choice, Content } from '../../core/messaging.ts';
import { cardText, pressValue, render, shorten } from '../render.ts';
import { type Button, pressButton, rows } from './buttons.ts';
import { capabilities } from './settings.ts';

export type Message = {
  text: string;
  parse_mode?: 'HTML';
  reply_markup?: { inline_keyboard: Button[][] };
  link_preview_options?: { is_disabled: true };
};
type Words = Exclude<Content, { kind: 'media' | 'location' | 'contact' | 'template' | 'form' }>;
type Deps = { state: ChannelPort['state']; base: string };

/** For customers: words, and choices as buttons below them. */
export async function toWords(content: Content, { state }: Deps) {
  const rendered = render(content, capabilities);
  if (rendered.kind === 'buttons')
    return {
      ...rendered,
      message: { text: rendered.text, ...(await keyboard(rendered.buttons, state)) } satisfies Message,
    };
  return rendered;
}

async function keyboard(choices: Choice[], state: Deps['state']): Promise<Pick<Message, 'reply_markup'>> {
  const buttons = await Promise.all(choices.map(({ label, value }) => pressButton(label, value, state)));
  return { reply_markup: { inline_keyboard: rows(buttons) } };
}

/** For colleagues: cards with what can be done about them. */
export async function toCards(content: Words, deps: Deps): Promise<Message> {
  if (content.kind === 'text')
    return {
      text: shorten(content.text, capabilities.text),
      ...(content.choices?.length && (await keyboard(content.choices, deps.state))),
    };
  const cards = content.kind === 'card' ? [content.card] : content.cards;
  const again = content.kind === 'cards' ? content.again : undefined;
  const head = content.kind === 'cards' ? escaped(content.text) : '';
  const { text, shown } = fitting(head, cards);
  const lines = (
    await Promise.all(
      shown.map((card, index) =>
        cards.length === 1 ? actions(card, deps, again) : listed(card, index, deps, again),
      ),
    )
  ).flat();
  const short = lines.every((line) => line.length === 1);
  const inline_keyboard = (short ? rows(lines.flat()) : lines).slice(0, maxRows);
  return {
    text: text || '–',
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    ...(inline_keyboard.length && { reply_markup: { inline_keyboard } }),
  };
}

const maxRows = 30;

/** As many cards as fit; how many are left out is said, not hidden. */
function fitting(head: string, cards: Card[]): { text: string; shown: Card[] } {
  const rest = (count: number) => `… and ${count} more. Narrow it down, or open the console.`;
  let text = head;
  for (const [index, card] of cards.entries()) {
    const next = [text, cardLines(card)].filter(Boolean).join('\n\n');
    const room = capabilities.text - (index < cards.length - 1 ? rest(cards.length).length + 2 : 0);
    if (plainLength(next) > room) {
      if (index) return { text: `${text}\n\n${rest(cards.length - index)}`, shown: cards.slice(0, index) };
      // One card alone that is too long: its words without its looks.
      return {
        text: escaped(shorten([head, cardText(card)].filter(Boolean).join('\n\n'), capabilities.text)),
        shown: [card],
      };
    }
    text = next;
  }
  return { text, shown: cards };
}

const cardLines = ({ title, text, fields = [] }: Card): string =>
  [
    title && `<b>${escaped(title)}</b>`,
    text && escaped(text),
    ...fields.map(({ label, value }) => `<i>${escaped(label)}:</i> ${escaped(value) || '–'}`),
  ]
    .filter(Boolean)
    .join('\n');

/** One card: all that can be done, and the way into the console. */
async function actions(card: Card, { state, base }: Deps, again?: Again): Promise<Button[][]> {
  const buttons: Button[] = await Promise.all(
    (card.buttons ?? []).map((one) => toButton(one, one.label, state, again)),
  );
  const link = linkOf(card, base);
  return rows([...buttons, ...(link ? [{ text: 'Open', url: link }] : [])]);
}

/** One of several: a lead opens by its number; anything else offers what can be done about it, numbered like its place. */
async function listed(card: Card, index: number, { state }: Deps, again?: Again): Promise<Button[][]> {
  const number = /^#\d+\b/.exec(card.title ?? '')?.[0];
  if (number) return [[await pressButton(shorten(card.title!, 28), JSON.stringify({ say: number }), state)]];
  const buttons = await Promise.all(
    (card.buttons ?? []).map((one) => toButton(one, `${index + 1}. ${one.label}`, state, again)),
  );
  return rows(buttons);
}

/** A confirmation dialogue does not exist here: the staff chat asks back. */
const toButton = (one: CardButton, label: string, state: Deps['state'], again?: Again): Promise<Button> =>
  pressButton(label, withConfirm(pressValue(one, again), one), state);

function withConfirm(value: string, { confirm, label }: CardButton): string {
  return confirm ? JSON.stringify({ confirm, label, after: value }) : value;
}

/** Telegram refuses a button to an address that only this machine or network knows. */
function linkOf({ link }: Card, base: string): string | undefined {
  const address = link?.startsWith('/') ? `${base}${link}` : link;
  return address && URL.canParse(address) && new URL(address).protocol === 'https:' ? address : undefined;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Telegram counts what is read, not what marks it up. */
const plainLength = (html: string): number =>
  html
    .replace(/<\/?[bi]>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&').length;
