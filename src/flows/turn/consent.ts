/** STOP and START: acted on at once, confirmed once. */
import { say } from './say.ts';
import type { Run, Talk } from './talk.ts';

const stop = /^(stop|stopp?all|stop all|unsubscribe|cancel|end|quit|opt[ -]?out)$/;
const start = /^(start|unstop|subscribe|opt[ -]?in)$/;
/** "Oh sorry, start" */
const lead = /^(?:(?:oh|sorry|no|wait|ok|okay|oops|please|pls|again|actually)\s+)+/;
const bare = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\s-]/gu, '')
    .trim();
export const isStop = (text: string): boolean => stop.test(bare(text));
export const isStart = (text: string): boolean => start.test(bare(text).replace(lead, ''));

export function* optOut(talk: Talk, words: string): Run {
  yield {
    command: 'conversation.setConsent',
    input: { conversationId: talk.input.conversation.id, optedOut: true, words: words.slice(0, 200) },
  };
  talk.parts = [];
  talk.silent = false;
  say(talk, 'stop.done');
  talk.optedOut = true;
  talk.silent = true;
}

export function* optIn(talk: Talk, words: string): Run {
  yield {
    command: 'conversation.setConsent',
    input: { conversationId: talk.input.conversation.id, optedOut: false, words: words.slice(0, 200) },
  };
  talk.optedOut = false;
  talk.silent = talk.input.conversation.mode === 'human';
  say(talk, 'start.done');
  talk.answered = true;
}
