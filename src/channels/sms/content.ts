/** What we say as the text of a message: choices numbered, files as links, no longer than is paid for. */
import type { ChannelPort } from '../../core/define.ts';
import type { Content, MediaRef } from '../../core/messaging.ts';
import { capacity, measure, plain } from '../../core/segments.ts';
import { mediaUrlProblem } from '../media.ts';
import { type ChoiceMap, render, shorten } from '../render.ts';
import { capabilities } from './settings.ts';

export type Words = { text: string; choiceMap?: ChoiceMap; media?: string };
export type Problem = { problem: string };

/** @param mms files go along by their address instead of standing in the text. */
export function toWords(
  content: Content,
  { media }: Pick<ChannelPort, 'media'>,
  { maxSegments, mms = false }: { maxSegments: number; mms?: boolean },
): Words | Problem {
  if (content.kind === 'media') {
    const url = addressOf(content.media, media);
    if (typeof url !== 'string') return url;
    if (mms) return { text: caption(content.caption, maxSegments), media: url };
    return {
      text: withLink([content.caption, content.media.filename].filter(Boolean).join('\n'), url, maxSegments),
    };
  }
  if (content.kind === 'location') {
    const { latitude, longitude, name, address } = content;
    return {
      text: withLink(
        `${name}\n${address}`,
        `https://maps.google.com/?q=${latitude},${longitude}`,
        maxSegments,
      ),
    };
  }
  // What is registered word for word must arrive word for word.
  if (content.kind === 'template') return { text: content.text };
  let problem: string | undefined;
  let choiceMap: ChoiceMap | undefined;
  const text = fitting(capabilities.text, maxSegments, (room) => {
    const rendered = render(content, { ...capabilities, text: room });
    if (rendered.kind !== 'text') {
      problem = `cannot show ${rendered.kind}`;
      return '';
    }
    choiceMap = rendered.choiceMap;
    return plain(rendered.text);
  });
  return problem ? { problem } : { text, ...(choiceMap && { choiceMap }) };
}

const caption = (text = '', maxSegments: number): string =>
  text && fitting(text.length, maxSegments, (room) => plain(shorten(text, room)));

/** The text gives way to the link: half of one opens nothing. */
function withLink(text: string, url: string, maxSegments: number): string {
  if (!text) return url;
  return fitting(text.length, maxSegments, (room) => plain(room ? `${shorten(text, room)}\n${url}` : url));
}

/** What `make` makes of the most room with which it stays within the segments. */
function fitting(most: number, maxSegments: number, make: (room: number) => string): string {
  for (let room = most; ; ) {
    const text = make(room);
    const { alphabet, units, segments } = measure(text);
    if (segments <= maxSegments || room === 0) return text;
    const over = units - capacity(alphabet, maxSegments);
    room = Math.max(0, room - Math.max(1, over));
  }
}

function addressOf(ref: MediaRef, media: ChannelPort['media']): string | Problem {
  if (ref.id) return media.url(ref);
  const problem = ref.url ? mediaUrlProblem(ref.url) : 'has neither an address nor an id';
  return problem ? { problem: `media: ${problem}` } : ref.url!;
}
