/** Content → Block Kit, within its limits. Pure. Source: docs.slack.dev/reference/block-kit/blocks. */
import type { Again, Card, CardButton, Choice, Content } from '../../core/messaging.ts';
import { cardText, pressValue, shorten } from '../render.ts';
import { escaped } from './mrkdwn.ts';

export type Block = Record<string, unknown>;
type CardsContent = Pick<Extract<Content, { kind: 'cards' }>, 'text' | 'cards' | 'again'>;
export type Message = { text: string; blocks: Block[] };

const limits = {
  blocks: 50,
  section: 3000,
  field: 2000,
  fields: 10,
  actions: 25,
  label: 75,
  value: 2000,
  fallback: 3000,
};

/** @param base where the console is, for cards' links. */
export function toMessage(content: Exclude<Content, { kind: 'form' }>, base: string): Message {
  switch (content.kind) {
    case 'text':
      return {
        text: escaped(shorten(content.text, limits.fallback)),
        blocks: [...sections(escaped(content.text)), ...choiceRows(content.choices ?? [])].slice(
          0,
          limits.blocks,
        ),
      };
    case 'card':
      return { text: fallback(cardText(content.card)), blocks: cardBlocks(content.card, base, 0) };
    case 'cards':
      return {
        text: fallback(content.text || content.cards.map(cardText).join('\n')),
        blocks: cardList(content, base, limits.blocks),
      };
    case 'media':
      return plain([content.caption, content.media.filename, content.media.url].filter(Boolean).join('\n'));
    case 'location':
      return plain(
        `${content.name}\n${content.address}\nhttps://maps.google.com/?q=${content.latitude},${content.longitude}`,
      );
    case 'contact': {
      const { name, company, phones, emails } = content.contact;
      return plain([name, company, ...phones, ...emails].filter(Boolean).join('\n'));
    }
    case 'template':
      return plain(content.text);
  }
}

const plain = (text: string): Message => ({ text: fallback(text), blocks: sections(escaped(text)) });

/** As many cards as fit; how many are left out is said, not hidden. */
export function cardList({ text, cards, again }: CardsContent, base: string, max: number): Block[] {
  const blocks: Block[] = text ? sections(escaped(text)) : [];
  for (const [index, card] of cards.entries()) {
    const next = [{ type: 'divider' }, ...cardBlocks(card, base, index, again)];
    const room = max - blocks.length - (index < cards.length - 1 ? 1 : 0);
    if (next.length > room) {
      const left = cards.length - index;
      return [
        ...blocks,
        { type: 'context', elements: [mrkdwn(`… and ${left} more. Narrow it down, or open the console.`)] },
      ];
    }
    blocks.push(...next);
  }
  return blocks;
}

function cardBlocks(card: Card, base: string, index: number, again?: Again): Block[] {
  const blocks: Block[] = [];
  const title = card.title && `*${escaped(card.title).replaceAll('*', '∗')}*`;
  const head = [title, card.text && escaped(card.text)].filter(Boolean).join('\n');
  const fields = (card.fields ?? []).map(({ label, value }) =>
    mrkdwn(cut(`*${escaped(label)}*\n${escaped(value) || '–'}`, limits.field)),
  );
  if (head) blocks.push(...sections(head));
  for (let n = 0; n < fields.length; n += limits.fields)
    blocks.push({ type: 'section', fields: fields.slice(n, n + limits.fields) });
  const buttons = (card.buttons ?? [])
    .filter((one) => pressValue(one).length <= limits.value)
    .map((one, n) => button(one, `press:${index}:${n}`, again));
  const link = card.link && {
    type: 'button',
    action_id: `link:${index}`,
    text: plainText('Open', limits.label),
    url: card.link.startsWith('/') ? `${base}${card.link}` : card.link,
  };
  const elements = [...buttons, ...(link ? [link] : [])];
  for (let n = 0; n < elements.length; n += limits.actions)
    blocks.push({
      type: 'actions',
      block_id: `card:${index}:${n}`,
      elements: elements.slice(n, n + limits.actions),
    });
  return blocks.length ? blocks : sections('–');
}

function button(one: CardButton, actionId: string, again?: Again): Block {
  const whole = pressValue(one, again);
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(one.label, limits.label),
    value: whole.length <= limits.value ? whole : pressValue(one),
    ...(one.style && { style: one.style }),
    ...(one.confirm && { confirm: confirmation(one.confirm, one) }),
  };
}

/** docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const confirmation = (question: string, { label, style }: CardButton) => ({
  title: plainText('Are you sure?', 100),
  text: plainText(question, 300),
  confirm: plainText(label, 30),
  deny: plainText('Cancel', 30),
  ...(style === 'danger' && { style: 'danger' }),
});

function choiceRows(choices: Choice[]): Block[] {
  const elements = choices.map(({ label, value }, n) => ({
    type: 'button',
    action_id: `choice:${n}`,
    text: plainText(label, limits.label),
    value: cut(value, limits.value),
  }));
  const rows: Block[] = [];
  for (let n = 0; n < elements.length; n += limits.actions)
    rows.push({ type: 'actions', block_id: `choices:${n}`, elements: elements.slice(n, n + limits.actions) });
  return rows;
}

/** A long text goes on in the next section; text is escaped already. */
function sections(text: string): Block[] {
  const blocks: Block[] = [];
  let rest = text || '–';
  while (rest) {
    const part = rest.length <= limits.section ? rest : rest.slice(0, breakBefore(rest, limits.section));
    blocks.push({ type: 'section', text: mrkdwn(part) });
    rest = rest.slice(part.length).trimStart();
  }
  return blocks;
}

/** At a line or word where there is one, and never inside an escaped character or a surrogate pair. */
function breakBefore(text: string, max: number): number {
  const at = Math.max(text.lastIndexOf('\n', max), text.lastIndexOf(' ', max));
  if (at > max / 2) return at;
  const entity = /&[a-z]{0,3}$/.exec(text.slice(0, max));
  const end = entity ? entity.index : max;
  return /[\ud800-\udbff]/.test(text[end - 1]!) ? end - 1 : end;
}

const cut = (text: string, max: number): string => shorten(text, max);
const fallback = (text: string): string => escaped(shorten(text || '–', limits.fallback));
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const plainText = (text: string, max: number) => ({
  type: 'plain_text',
  text: shorten(text || '–', max),
});
