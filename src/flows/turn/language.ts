/** Which language the customer speaks: changed only by a message that shows it. */
import type { Understanding } from '../nlu.ts';
import type { Talk } from './talk.ts';

/** Three words show a language; one who writes Hinglish mixes English in, so English then needs a whole sentence. */
export function follow(talk: Talk, text: string, read: Understanding): void {
  const { language } = read;
  if (language === 'other' || read.languageScore < 0.6) return;
  const words = text.split(/\s+/).filter((word) => /^[\p{L}\p{M}'’]{2,}[,.!?।]*$/u.test(word)).length;
  const current = talk.memory.language;
  const own = /[\u0900-\u097f]/.test(text) ? language === 'hi' : true;
  if (!own) return;
  const needed =
    current === undefined
      ? 1
      : language === 'hi'
        ? 1
        : language === 'hinglish'
          ? 2
          : current === 'hinglish' || current === 'hi'
            ? 6
            : 3;
  if (words >= needed) talk.memory.language = language;
}
