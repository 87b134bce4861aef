/** Saying things: wordings are taken in turn, parts become messages, nothing is said twice running. */
import type { Choice, Content } from '../../core/messaging.ts';
import type { Reply } from '../../core/turn.ts';
import { type Fields, wordings } from '../texts.ts';
import { fieldsOf } from './fields.ts';
import { localeOf, type Talk } from './talk.ts';

/** Adds a text; `choices` become the buttons of the turn's last message. Says nothing where no wording fits. */
export function say(talk: Talk, key: string, extra: Fields = {}, choices: Choice[] = []): void {
  if (talk.silent) return;
  const options = wordings(talk.texts, localeOf(talk), key, fieldsOf(talk, extra));
  const text = next(talk, key, options);
  if (text === undefined) return;
  talk.parts.push({ text, key });
  if (choices.length) talk.choices = choices;
}

export function send(talk: Talk, content: Content): void {
  if (!talk.silent) talk.parts.push({ content });
}

/** The wording after the one said last; one that we have just said only if there is no other. */
function next(talk: Talk, key: string, options: string[]): string | undefined {
  if (!options.length) return undefined;
  const { said, last } = talk.memory;
  const from = (said[key] ?? -1) + 1;
  const turn = options.map((_, i) => (from + i) % options.length);
  const chosen =
    turn.find(
      (i) =>
        !last.includes(options[i]!) && !talk.parts.some((part) => 'text' in part && part.text === options[i]),
    ) ?? turn[0]!;
  said[key] = chosen;
  return options[chosen];
}

/** The turn's parts as messages: texts that follow one another are one message, buttons go with the last text. */
export function replies(talk: Talk): Reply[] {
  const contents: Content[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length) contents.push({ kind: 'text', text: open.join('\n\n') });
    open = [];
  };
  for (const part of fresh(talk)) {
    if ('text' in part) open.push(part.text);
    else {
      close();
      contents.push(part.content);
    }
  }
  close();
  const lastText = contents.findLast((content) => content.kind === 'text');
  if (lastText?.kind === 'text' && talk.choices.length) lastText.choices = talk.choices;
  return contents.map((content) => ({ content }));
}

/** Leaves out what would repeat the message before it word for word, unless nothing else is left to say. */
function fresh(talk: Talk): Talk['parts'] {
  const kept = talk.parts.filter(
    (part, i) =>
      !('text' in part) || talk.parts.findIndex((other) => 'text' in other && other.text === part.text) === i,
  );
  const unsaid = kept.filter((part) => !('text' in part) || !talk.memory.last.includes(part.text));
  if (unsaid.some((part) => 'text' in part) || !kept.some((part) => 'text' in part)) return unsaid;
  // Nothing but what was said just before: it is introduced differently each time.
  return kept.map((part) => ('text' in part ? { ...part, text: introduced(talk, part.text) } : part));
}

function introduced(talk: Talk, text: string): string {
  const options = wordings(talk.texts, localeOf(talk), 'repeat', () => text);
  return options.find((option) => !talk.memory.last.includes(option)) ?? text;
}

export const textsSaid = (talk: Talk): string[] =>
  fresh(talk).flatMap((part) => ('text' in part ? [part.text] : []));
