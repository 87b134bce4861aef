export type Level = 'primary' | 'secondary' | 'case' | 'tertiary';

/** The weights of a character at each level; 0 means that the level does not see it. */
interface Weights {
  primary: number;
  secondary: number;
  case: number;
  tertiary: number;
}

/** Scripts and symbols that get their place from the platform's collator. Others (Han, Hangul) keep code point order. */
const RANGES: [number, number][] = [
  [0x0, 0x2fff],
  [0x3000, 0x30ff],
  [0xa640, 0xa69f],
  [0xa720, 0xa7ff],
  [0xfb00, 0xfb4f],
  [0xff00, 0xffef],
  [0x1f300, 0x1faff],
];

/** Characters that stand for two letters; each is believed only when the locale's collator says so. */
const EXPANSIONS: [string, string][] = [
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ĳ', 'ij'],
  ['Ĳ', 'IJ'],
];

const COMMON = 2;
const MARKS = 0x1000;

/**
 * Sort keys in the manner of the Unicode Collation Algorithm: all characters' primary weights, then the secondary
 * ones, and so on. The weights come from one sort of single characters by the platform's collator (ICU).
 */
export class CollationTable {
  private readonly weights = new Map<string, Weights>();
  private readonly elements = new Map<string, Weights[]>();
  private readonly base: Intl.Collator;
  private readonly expansions = new Map<string, string>();

  constructor(locale: string, caseFirst: string) {
    const make = (sensitivity: 'base' | 'accent' | 'case' | 'variant') =>
      new Intl.Collator(locale, { sensitivity, caseFirst: caseFirst as 'upper' });
    this.base = make('base');
    this.rank(make('accent'), make('case'), make('variant'));
    const accent = make('accent');
    for (const [c, text] of [...EXPANSIONS, ...ligatures()])
      if (this.base.compare(c, text) === 0 || accent.compare(c, text) === 0) this.expansions.set(c, text);
  }

  key(text: string, levels: readonly Level[], isNumeric: boolean, withCodePoints: boolean): Uint8Array {
    const elements: Weights[] = [];
    const normal = text.normalize('NFC');
    for (let at = 0; at < normal.length; ) {
      const digits = isNumeric ? /^[0-9]+/.exec(normal.slice(at, at + 1000))?.[0] : undefined;
      if (digits) {
        elements.push(...this.number(digits));
        at += digits.length;
        continue;
      }
      const c = String.fromCodePoint(normal.codePointAt(at)!);
      elements.push(...this.elementsOf(c));
      at += c.length;
    }
    const out: number[] = [];
    levels.forEach((level, i) => {
      if (i > 0) out.push(0, 0);
      for (const w of elements) {
        const weight = w[level];
        if (weight === 0) continue;
        if (weight > 0xffff)
          out.push(0xf0 | (weight >> 20), (weight >> 16) & 0xf, (weight >> 8) & 0xff, weight & 0xff);
        else out.push(weight >> 8, weight & 0xff);
      }
    });
    if (!withCodePoints) return Uint8Array.from(out);
    return Buffer.concat([Uint8Array.from([...out, 0, 0]), Buffer.from(text.normalize('NFD'))]);
  }

  /** A number: the place of the digits, then how many there are, then each. */
  private number(digits: string): Weights[] {
    const significant = digits.replace(/^0+(?=.)/, '');
    const zero = this.elementsOf('0')[0]!;
    const plain = (n: number): Weights => ({ primary: n + COMMON, secondary: 0, case: 0, tertiary: 0 });
    return [zero, plain(significant.length), ...Array.from(significant, (d) => plain(Number(d)))];
  }

  private elementsOf(c: string): Weights[] {
    let list = this.elements.get(c);
    if (!list) {
      list = this.makeElements(c);
      this.elements.set(c, list);
    }
    return list;
  }

  /** An accented letter is its letter and its marks, unless the language counts it as a letter of its own. */
  private makeElements(c: string): Weights[] {
    const expansion = this.expansions.get(c);
    if (expansion) {
      const [first, ...rest] = Array.from(expansion, (letter) => this.elementsOf(letter)[0]!);
      // Told apart from the two letters themselves at the tertiary level.
      return [{ ...first!, tertiary: first!.tertiary + 0x400 }, ...rest];
    }
    const parts = Array.from(c.normalize('NFD'));
    if (parts.length > 1 && this.base.compare(c, parts[0]!) === 0 && this.base.compare(c, '') !== 0)
      return parts.flatMap((part) => this.elementsOf(part));
    const known = this.weights.get(c);
    if (known) return known.primary + known.secondary + known.tertiary === 0 ? [] : [known];
    return [{ primary: 0x100000 + c.codePointAt(0)!, secondary: COMMON, case: COMMON, tertiary: COMMON }];
  }

  private rank(accent: Intl.Collator, letterCase: Intl.Collator, variant: Intl.Collator): void {
    const all: string[] = [];
    for (const [from, to] of RANGES)
      for (let cp = from; cp <= to; cp++) if (cp < 0xd800 || cp > 0xdfff) all.push(String.fromCodePoint(cp));
    all.sort(variant.compare);
    let primary = 0;
    let w: Weights = { primary: 0, secondary: 0, case: 0, tertiary: 0 };
    let previous = '';
    for (const c of all) {
      if (variant.compare(c, '') === 0) {
        this.weights.set(c, w);
        continue;
      }
      const isMark = this.base.compare(c, '') === 0;
      if (!isMark && (primary === 0 || this.base.compare(c, previous) !== 0)) {
        primary++;
        w = { primary: primary + 0xff, secondary: COMMON, case: COMMON, tertiary: COMMON };
      } else if (isMark && (w.secondary === 0 || accent.compare(c, previous) !== 0))
        w = { primary: 0, secondary: Math.max(w.secondary, MARKS) + 1, case: 0, tertiary: COMMON };
      else if (accent.compare(c, previous) !== 0)
        w = { ...w, secondary: w.secondary + 1, case: COMMON, tertiary: COMMON };
      else if (variant.compare(c, previous) !== 0)
        w = {
          ...w,
          tertiary: w.tertiary + 1,
          case: letterCase.compare(c, previous) !== 0 ? w.case + 1 : w.case,
        };
      this.weights.set(c, w);
      previous = c;
    }
  }
}

function ligatures(): [string, string][] {
  return Array.from({ length: 7 }, (_, i) => {
    const c = String.fromCodePoint(0xfb00 + i);
    return [c, c.normalize('NFKD')];
  });
}
