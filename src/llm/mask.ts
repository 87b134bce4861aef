/** Telephone numbers, mail addresses and other long numbers never leave the house: words stand for them. */
import { spokenDigits } from '../nlu/entities/spoken.ts';
import { clean } from '../nlu/text.ts';

export type Mask = {
  /** The text with every number and address replaced; the same one gets the same word. */
  hide(text: string): string;
  /** Puts them back; a word that stands for nothing stays, and `isWhole` says so. */
  show(text: string): string;
  /** No word is left that stands for nothing. */
  isWhole(text: string): boolean;
};

const EMAIL = /[\p{L}\p{M}\p{N}._%+-]{1,64}\s?@\s?[\p{L}\p{M}\p{N}.-]{2,80}/gu;
/** "asha at acme dot com" */
const SPOKEN_EMAIL =
  /[\p{L}\p{N}._-]{1,40}\s?(?:\bat the rate(?: of)?\b|\bat\b|[([]at[)\]])\s?[\p{L}\p{N}-]{1,40}\s?(?:\bdot\b|[([]dot[)\]])\s?\p{L}{2,12}/giu;
const NUMBER = /(?<![\p{L}\p{N}])\+?\(?\d(?:[\s().-]{0,2}\d){6,18}(?![\p{L}\p{N}])/gu;
const GLUED_NUMBER = /\d{7,19}/g;
const WORD = /\[(?:PHONE|EMAIL)_\d{1,3}\]/g;

/** One mask for one call: it knows what its words stand for. */
export function createMask(): Mask {
  const words = new Map<string, string>();
  const values = new Map<string, string>();

  const word = (kind: 'PHONE' | 'EMAIL', value: string) => {
    const known = words.get(value);
    if (known) return known;
    const made = `[${kind}_${words.size + 1}]`;
    words.set(value, made);
    values.set(made, value);
    return made;
  };
  return {
    hide(text) {
      return (
        spokenDigits(text)
          .normalize('NFKC')
          // a customer who writes our own words must not get somebody's number back for them
          .replace(WORD, (own) => `(${own.slice(1, -1)})`)
          .replace(EMAIL, (value) => word('EMAIL', value))
          .replace(SPOKEN_EMAIL, (value) => word('EMAIL', value))
          .replace(NUMBER, (value) => (isDate(value) ? value : word('PHONE', value)))
          .replace(GLUED_NUMBER, (value) => word('PHONE', value))
      );
    },
    show: (text) => text.replace(WORD, (made) => values.get(made) ?? made),
    isWhole: (text) => (text.match(WORD) ?? []).every((made) => values.has(made)),
  };
}

/** A text as it may leave: cleaned as the offline engine does, cut to `limit` from both ends. */
export function outgoing(mask: Mask, text: string, limit: number): string {
  const parts = text.match(/[\s\S]{1,1000}/g)?.slice(0, 40) ?? [];
  const whole = parts.map((part) => clean(part)).join(' ');
  const cut = whole.length > limit ? `${whole.slice(0, limit - 400)} … ${whole.slice(-397)}` : whole;
  return mask.hide(cut);
}

const isDate = (value: string) =>
  /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[-./]\d{1,2}[-./](?:20)?\d{2})(?:[\s].*)?$/.test(value.trim());
