/** What colleagues are answered where there are no cards: words, and what can be done about them as choices. */
import type { ChannelPort } from '../../core/define.ts';
import type { Again, Card, CardButton, Choice, Content } from '../../core/messaging.ts';
import { cardText, pressValue } from '../render.ts';
import { toData } from './data.ts';

type Deps = { state: ChannelPort['state']; base: string };
/** A row of a WhatsApp list, the least of what these channels let a choice carry. */
const maxData = 200;
/** More are not choices but a list to read: whoever wants another one says its number. */
const maxChoices = 9;

/** Forms are asked question by question before they get here; files and places are shown as they are. */
export async function inWords(content: Content, deps: Deps): Promise<Content> {
  switch (content.kind) {
    case 'text':
      return content.choices?.length
        ? { ...content, choices: await keptChoices(content.choices, deps) }
        : content;
    case 'card':
      return withChoices(words(content.card, deps), (content.card.buttons ?? []).map(toChoice()), deps);
    case 'cards': {
      const { text, cards, again } = content;
      const lines = [text, ...cards.map((card) => words(card, deps))].filter(Boolean).join('\n\n');
      return withChoices(
        lines,
        cards.length === 1 ? buttonsOf(cards[0]!, again) : listed(cards, again),
        deps,
      );
    }
    default:
      return content;
  }
}

const words = (card: Card, { base }: Deps): string =>
  [cardText(card), card.link?.startsWith('/') && !/^#\d/.test(card.title ?? '') && `${base}${card.link}`]
    .filter(Boolean)
    .join('\n');

const buttonsOf = (card: Card, again?: Again): Choice[] => (card.buttons ?? []).map(toChoice(again));

/** One of several: a lead opens by its number; anything else offers what can be done about it, named by its title. */
const listed = (cards: Card[], again?: Again): Choice[] =>
  cards.flatMap((card) => {
    const number = /^#\d+\b/.exec(card.title ?? '')?.[0];
    if (number) return [{ label: card.title!, value: JSON.stringify({ say: number }) }];
    return buttonsOf(card, again).map(({ label, value }) => ({
      label: card.title ? `${label}: ${card.title}` : label,
      value,
    }));
  });

/** A confirmation dialogue does not exist here: the staff chat asks back. */
const toChoice =
  (again?: Again) =>
  (button: CardButton): Choice => {
    const { label, confirm } = button;
    const after = pressValue(button, again);
    return { label, value: confirm ? JSON.stringify({ confirm, label, after }) : after };
  };

async function withChoices(text: string, choices: Choice[], deps: Deps): Promise<Content> {
  const offered = await keptChoices(choices.slice(0, maxChoices), deps);
  return { kind: 'text', text: text || '–', ...(offered.length && { choices: offered }) };
}

const keptChoices = (choices: Choice[], { state }: Deps): Promise<Choice[]> =>
  Promise.all(
    choices.map(async (choice) => ({ ...choice, value: await toData(choice.value, state, maxData) })),
  );
