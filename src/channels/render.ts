/**
 * The one place where content shrinks to what a channel can show: list → buttons → numbered text. Pure. The choice map
 * travels with the message, so that whoever types "2" or the label instead of pressing is understood.
 */
import type {
  Again,
  Card,
  CardButton,
  ChannelCapabilities,
  Choice,
  ContactCard,
  Content,
  Form,
  MediaRef,
} from '../core/messaging.ts';

/** What a button means, by what a person may type for it: its number and its label in lower case. */
export type ChoiceMap = Record<string, string>;

export type Rendered =
  | { kind: 'text'; text: string; choiceMap?: ChoiceMap }
  | { kind: 'buttons'; text: string; buttons: Choice[]; choiceMap: ChoiceMap }
  | { kind: 'list'; text: string; rows: Choice[]; choiceMap: ChoiceMap }
  | { kind: 'media'; media: MediaRef; caption?: string }
  | Extract<Content, { kind: 'location' | 'template' }>;

/** Degrades content to a channel's documented limits. Channels with cards and modals (Slack) draw those themselves. */
export function render(content: Content, limits: ChannelCapabilities): Rendered {
  switch (content.kind) {
    case 'text':
      return renderChoices(content.text, content.choices ?? [], limits);
    case 'media':
      return renderMedia(content.media, content.caption, limits);
    case 'card':
      return renderChoices(cardText(content.card), cardChoices([content.card]), limits);
    case 'cards':
      return renderChoices(
        [content.text, ...content.cards.map(cardText)].filter(Boolean).join('\n\n'),
        cardChoices(content.cards),
        limits,
      );
    case 'form':
      return { kind: 'text', text: shorten(formText(content.form), limits.text) };
    // Channels with cards of their own (WhatsApp, Telegram, web chat) draw it themselves.
    case 'contact':
      return { kind: 'text', text: shorten(contactLines(content.contact), limits.text) };
    default:
      return content;
  }
}

const contactLines = ({ name, company, phones, emails }: ContactCard): string =>
  [[name, company].filter(Boolean).join(', '), ...phones, ...emails].join('\n');

function renderChoices(text: string, choices: Choice[], limits: ChannelCapabilities): Rendered {
  if (!choices.length) return { kind: 'text', text: shorten(text, limits.text) };
  const choiceMap = mapChoices(choices);
  if (fitButtons(text, choices, limits)) return { kind: 'buttons', text, buttons: choices, choiceMap };
  if (fitList(text, choices, limits))
    return { kind: 'list', text, rows: choices.map((choice) => row(choice, limits)), choiceMap };
  return { kind: 'text', text: numbered(text, choices, limits.text), choiceMap };
}

/** A description has no place on a button: such choices become a list where the channel has one. */
function fitButtons(
  text: string,
  choices: Choice[],
  { buttons, list, text: max }: ChannelCapabilities,
): boolean {
  if (!buttons || choices.length > buttons.max || length(text) > (buttons.text ?? max)) return false;
  if (list && choices.some(({ description }) => description)) return false;
  const fits = choices.every(
    ({ label, value }) => length(label) <= buttons.label && length(value) <= maxValue,
  );
  return fits && areDistinct(choices.map(({ label }) => label));
}

function fitList(text: string, choices: Choice[], { list, text: max }: ChannelCapabilities): boolean {
  if (!list || choices.length > list.rows || length(text) > (list.text ?? max)) return false;
  const fits = choices.every(
    ({ label, value, description }) =>
      length(value) <= maxValue &&
      (length(label) <= list.label || (!description && length(label) <= list.description)),
  );
  return fits && areDistinct(choices.map(({ label }) => shorten(label, list.label)));
}

/** A label too long for its row stands whole in the description below it. */
function row({ label, value, description }: Choice, { list }: ChannelCapabilities): Choice {
  if (length(label) > list!.label) return { label: shorten(label, list!.label), value, description: label };
  return description
    ? { label, value, description: shorten(description, list!.description) }
    : { label, value };
}

/** The text gives way to the choices: whoever cannot read them cannot answer. */
function numbered(text: string, choices: Choice[], max: number): string {
  const lines = choices
    .map(({ label, description }, index) => `${index + 1}. ${label}${description ? ` – ${description}` : ''}`)
    .join('\n');
  const room = max - length(lines) - 2;
  return room < 1 ? shorten(lines, max) : `${shorten(text, room)}\n\n${lines}`;
}

function mapChoices(choices: Choice[]): ChoiceMap {
  const map: ChoiceMap = {};
  for (const { label, value } of choices) map[label.trim().toLowerCase()] ??= value;
  choices.forEach(({ value }, index) => {
    map[String(index + 1)] ??= value;
  });
  return map;
}

function renderMedia(media: MediaRef, caption: string | undefined, limits: ChannelCapabilities): Rendered {
  if (!limits.media) {
    const text = [caption, media.filename, media.url].filter(Boolean).join('\n');
    return { kind: 'text', text: shorten(text, limits.text) };
  }
  return {
    kind: 'media',
    media,
    ...(caption && { caption: shorten(caption, limits.caption ?? limits.text) }),
  };
}

/** A card as lines, for channels that have no cards. */
export function cardText({ title, text, fields }: Card): string {
  return [title, text, ...(fields ?? []).map(({ label, value }) => `${label}: ${value}`)]
    .filter(Boolean)
    .join('\n');
}

const cardChoices = (cards: Card[]): Choice[] =>
  cards.flatMap((card) =>
    (card.buttons ?? []).map((button) => ({
      label: cards.length > 1 && card.title ? `${button.label}: ${card.title}` : button.label,
      value: pressValue(button),
    })),
  );

/** What a card's button carries back when pressed; `readPress` is its inverse. */
export function pressValue({ command, input, form }: CardButton, again?: Again): string {
  return JSON.stringify({ command, input, ...(form && { form: true }), ...(again && { again }) });
}

/** @returns undefined for a value that no card button made. */
export function readPress(
  value: string,
): (Pick<CardButton, 'command' | 'input' | 'form'> & { again?: Again }) | undefined {
  try {
    const { command, input, form, again } = JSON.parse(value) as Record<string, unknown>;
    if (typeof command !== 'string' || typeof input !== 'object' || input === null) return undefined;
    return {
      command,
      input: input as Record<string, unknown>,
      ...(form === true && { form: true }),
      ...(isAgain(again) && { again }),
    };
  } catch {
    return undefined;
  }
}

const isAgain = (value: unknown): value is Again =>
  typeof (value as Again | undefined)?.command === 'string' && typeof (value as Again).input === 'object';

function formText({ title, note, fields }: Form): string {
  const lines = fields.map(({ label, hint, options }) => {
    const help = options?.map((option) => option.label).join(', ') ?? hint;
    return help ? `${label} (${help})` : label;
  });
  return [title, note, 'Please give:', ...lines.map((line) => `• ${line}`)].filter(Boolean).join('\n');
}

/** Cuts at a word where one ends near the limit; never through an emoji or a letter with its marks. */
export function shorten(text: string, max: number): string {
  if (length(text) <= max) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  const word = kept.lastIndexOf(' ');
  return `${word > max * 0.8 ? kept.slice(0, word) : kept.trimEnd()}…`;
}

/** A WhatsApp list row's id, the shortest of what providers let a button carry. */
const maxValue = 200;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const length = (text: string): number => text.length;
const areDistinct = (labels: string[]): boolean => new Set(labels).size === labels.length;
