/** A conversation that was held, as a story: what was said by text keys, people and their addresses invented. */
import { DateTime } from 'luxon';
import type { Content, InboundBody } from '../../core/messaging.ts';
import type { Texts } from '../definition.ts';
import type { Nlu } from '../nlu.ts';
import { type Anonymous, anonymous } from './anonymise.ts';
import { saidBy } from './verify.ts';

export type Held = {
  id: string;
  channel: string;
  name?: string | undefined;
  identities: { scheme: string; value: string }[];
  /** Oldest first. */
  messages: Message[];
};
type Message = {
  direction: 'in' | 'out';
  author: { kind: string };
  text: string;
  content?: Content | InboundBody | undefined;
  at: string;
};
type Line = Record<string, unknown>;

/** Pauses shorter than this are no part of the story. */
const pauseMinutes = 5;

export function recordStory(
  held: Held,
  { texts, nlu, zone }: { texts: Record<string, Texts>; nlu: Nlu; zone: string },
): Record<string, unknown> {
  const who = learn(held, nlu, zone);
  const steps: Line[] = [];
  let last: string | undefined;
  for (const turn of turnsOf(held.messages)) {
    const gap = last ? minutesBetween(last, turn[0]!.at) : 0;
    if (gap >= pauseMinutes)
      steps.push({ wait: gap >= 120 ? `${Math.round(gap / 60)} hours` : `${gap} minutes` });
    steps.push(...linesOf(turn, texts, who));
    last = turn.at(-1)!.at;
  }
  const identities = held.identities.flatMap(({ scheme, value }) =>
    scheme === 'phone'
      ? [{ scheme, value: who.phone(value) }]
      : scheme === 'email'
        ? [{ scheme, value: who.email(value) }]
        : [],
  );
  const now =
    held.messages[0] && DateTime.fromISO(held.messages[0].at, { zone }).toISO({ suppressMilliseconds: true });
  return {
    name: `As it was held, ${held.id.slice(-6)}`,
    channel: held.channel,
    ...(held.name && { as: who.text(held.name) }),
    ...(identities.length && { identities }),
    ...(now && { now }),
    steps,
  };
}

/** Everything that is named anywhere is known before the first line is written. */
function learn(held: Held, nlu: Nlu, zone: string): Anonymous {
  const who = anonymous();
  if (held.name) who.knows('person', held.name);
  for (const { scheme, value } of held.identities)
    if (scheme === 'phone' || scheme === 'email') who.knows(scheme, value);
  const ours = held.messages.filter(({ author }) => author.kind === 'bot').map(({ text }) => text);
  for (const [i, { author, text, at }] of held.messages.entries()) {
    if (author.kind !== 'customer') continue;
    const before = held.messages[i - 1]?.text ?? '';
    // Short answers are names where a name was asked for; the bot's own next words show whether it took them so.
    const asked = /name|naam|नाम|call you/i.test(before);
    who.learn(
      nlu.understand(text, { now: new Date(at), timezone: zone, ...(asked && { expecting: 'name' }) }),
      text,
    );
    for (const said of ours) {
      const called = /(?:Thank you|Shukriya|धन्यवाद),? ([\p{L}\p{M}.']+)/u.exec(said)?.[1];
      if (called && text.includes(called)) who.knows('person', called);
    }
  }
  return who;
}

/** A customer's messages in a row and what was answered to them. */
function turnsOf(messages: Message[]): Message[][] {
  const turns: Message[][] = [];
  for (const message of messages) {
    const current = turns.at(-1);
    const begins = message.direction === 'in' && current?.some(({ direction }) => direction === 'out');
    if (!current || begins) turns.push([message]);
    else current.push(message);
  }
  return turns;
}

function linesOf(turn: Message[], texts: Record<string, Texts>, who: Anonymous): Line[] {
  const heard = turn.filter(({ direction }) => direction === 'in');
  const said = turn.filter(({ author }) => author.kind === 'bot').map(({ text }) => text);
  const keys = [...new Set(said.flatMap((text) => saidBy(texts, text)))];
  const plain = heard.filter(({ content }) => content === undefined || content.kind === 'text');
  const lines: Line[] = heard.flatMap((message) => (plain.includes(message) ? [] : [special(message, who)]));
  const words = plain.map(({ text }) => who.text(text));
  if (words.length) lines.unshift({ send: words.length === 1 ? words[0] : words });
  if (keys.length) lines.push({ expect: keys.length === 1 ? keys[0] : keys });
  else if (heard.length && !said.length) lines.push({ nothing: true });
  return lines;
}

function special({ content, text }: Message, who: Anonymous): Line {
  const body = content as InboundBody;
  if (body.kind === 'press') return { press: body.label };
  if (body.kind === 'media')
    return { media: body.media[0]?.type ?? 'document', ...(body.text && { text: who.text(body.text) }) };
  if (body.kind === 'location') return { location: [12.97, 77.59] };
  if (body.kind === 'unknown') return { unknown: body.note };
  return { send: who.text(text) };
}

const minutesBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
