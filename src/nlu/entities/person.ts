import { clean } from '../text.ts';
import { isCity } from './city.ts';
import { SUFFIX } from './company.ts';
import { COMMON_WORDS, TITLES } from './lexicon.ts';

export type PersonOptions = { expecting?: boolean };

/** Phrases that a name follows; `sure` ones take any word that is not an everyday one, others must look like a name. */
const LEADS: { pattern: RegExp; sure: boolean }[] = [
  { pattern: /\b(?:naam|nam)\s+(?=[\p{L}]+(?:\s[\p{L}]+){0,2}\s(?:hai|h)\b)/giu, sure: false },
  {
    pattern:
      /\b(?:my|the|full|mera|meri|mere|customer|our) (?:full |good |first )?(?:name|naam|nam)(?:'s| is\b| ist\b| hai\b| h\b|:| -| =| as\b)?[\s:,-]+/gi,
    sure: true,
  },
  {
    pattern:
      /\b(?:naam|name|nam) (?:likho|likh lo|likhiye|likhna|note karo|note kar lo|note kijiye)[\s,:-]+/gi,
    sure: true,
  },
  { pattern: /\b(?:it's me|its me|it is me|ich bin's|moi c'est|c'est moi)[\s,:-]+/gi, sure: true },
  { pattern: /\b(?:name|naam|nam)\s?(?:is\b|ist\b|:|-|=|hai\b)\s?/gi, sure: true },
  { pattern: /\bmy ?self[\s,:-]+/gi, sure: true },
  { pattern: /\b(?:this is|it is|it's|its|thats|that's)\s+/gi, sure: false },
  { pattern: /\b(?:i am|i'm|im|iam|i m|(?<!\d\s?)am)\s+/gi, sure: false },
  { pattern: /\b(?:call me|you can call me|known as)\s+/gi, sure: false },
  { pattern: /^(?:naam|nam)\s+/gi, sure: false },
  {
    pattern:
      /\b(?:main|mai|me|mein|hum)\s+(?=[\p{L}]+(?: [\p{L}]+)? (?:bol|baat|hu\b|hoon|hun\b|hoo\b)|[\p{L}]+ [\p{L}]+ [\p{L}]+ se\b)/giu,
    sure: false,
  },
  // "main Ujjain se Dinesh Rathore"
  { pattern: /\b(?:main|mai|mein)\s+\p{L}{3,20}\s+se\s+(?=\p{Lu})/gu, sure: false },
  { pattern: /\bse\s+(?=\p{L}+(?: \p{L}+)? bol\b)/giu, sure: false },
  { pattern: /मेरा (?:पूरा )?नाम\s+/g, sure: true },
  { pattern: /(?:^|\s)नाम\s?[:-]?\s*/g, sure: true },
  { pattern: /(?:^|\s)(?:मैं|में|हम)\s+(?=[\p{L}\p{M}]+(?:\s[\p{L}\p{M}]+)?(?:\s(?:बोल|हूँ|हूं)|,))/gu, sure: false },
  {
    pattern:
      /\b(?:hier ist|hier spricht|c'est|al habla|le habla|ici|mein name ist|ich heisse|ich heiße|ich bin|me llamo|mi nombre es|soy|je m'appelle|je suis|mon nom est)\s+/gi,
    sure: false,
  },
  {
    pattern:
      /\b(?:regards|rgds|rgrds|thanks & regards|thanks and regards|warm regards|sincerely|thanking you|yours truly|yours faithfully|cheers|mit freundlichen grüßen|mfg|saludos|un saludo|cordialement|bien à vous)[\s,.!-]+/gi,
    sure: false,
  },
];

/** Phrases that follow a name: "Ravi here", "Asha this side", "Ravi bol raha hu". */
const TRAILS =
  /^((?:[\p{L}\p{M}.']+\s){0,2}[\p{L}\p{M}.']+)[\s,]+(?:here\b|this side|bol raha|bol rahi|bol rha|bol rhi|speaking\b|से बोल|बोल रह)/iu;

/** "Vijay Kumar from Reliance": written as names are. */
const FROM_FIRM = /^((?:\p{Lu}[\p{L}.']*\s){1,2}\p{Lu}[\p{L}.']+)\s+from\s+\p{L}/u;

/** "Kabir from Chandigarh" */
function fromCity(sentence: string): string | undefined {
  const [, name, place] =
    /^(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)?)\s+from\s+(\p{Lu}\p{L}+)/u.exec(sentence) ?? [];
  return name && place && isCity(place) ? name : undefined;
}

/** Cleaned text in which a line's end is a comma: the lines of a signature end a name. */
function inLines(input: unknown): string {
  const whole = typeof input === 'string' ? input : '';
  const text = whole.length > 4000 ? `${whole.slice(0, 2000)}\n${whole.slice(-2000)}` : whole;
  return clean(text.replace(/[\r\n]+/g, ', ').replace(/([:,.!-]) ?,/g, '$1'));
}

/** A person's own name, tidied ("PRIYA sharma" → "Priya Sharma"); undefined where none is given. */
export function readPerson(input: string, options: PersonOptions = {}): string | undefined {
  const text = inLines(input)
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, ' ')
    .replace(/\((?:mr|mrs|ms|miss|dr)\.?\)/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  let found: string | undefined;
  let at = -1;
  for (const { pattern, sure } of LEADS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index + match[0].length;
      if (start <= at) continue;
      const before = text.slice(0, match.index).trimEnd().toLowerCase();
      if (
        /\b(?:company|firm|business|product|project|brand|shop|model|item|file|user|your|bot|his|her|whats|what's|not|school|bank|agent|[\p{L}]+'s|(?:\p{L}+) (?:ka|ki|ke))$|(?:कंपनी|कम्पनी|फर्म|दुकान|प्रोडक्ट|संस्था|पिता|भाई|पत्नी|बेटे) (?:का|की)$/u.test(
          before,
        )
      )
        continue;
      const name = nameAt(text.slice(start), sure || (options.expecting ?? false), match[0]);
      if (name) {
        found = name;
        at = start;
      }
    }
  }
  if (found) return corrected(text.slice(at)) ?? found;
  const sentences = text.split(/(?<=\p{Ll}{2}[.!?]) /u).map(stripGreeting);
  const trailed =
    [TRAILS, FROM_FIRM].flatMap((said) => sentences.map((s) => said.exec(s)?.[1])).find(Boolean) ??
    // "Hi RSoft, Deepa this side"
    sentences
      .flatMap((s) => s.split(', ').slice(1))
      .map((s) => TRAILS.exec(s)?.[1])
      .find(Boolean) ??
    sentences.map(fromCity).find(Boolean);
  if (trailed) {
    const name = nameAt(trailed, false);
    if (name) return name;
  }
  return options.expecting ? bareName(text) : undefined;
}

/** "I am Vijay, sorry, Vijaya" */
function corrected(said: string): string | undefined {
  const again =
    /^[\p{L}\p{M}.' ]{2,30}[,.;!]? (?:oh |oops |no )?(?:sorry|oops|i mean|i meant|correction)[\s,:;.-]+(?<name>\p{Lu}[\p{L}.']+(?: \p{Lu}[\p{L}.']*){0,2})[.!]?$/u;
  const name = again.exec(said)?.groups?.name;
  return name && nameAt(name, false);
}

/** "K.", "A.P.J." */
const INITIAL = /^(?:\p{L}\.)+$/u;
/** Surnames that are everyday words in one of our languages. */
const SURNAMES = new Set(
  'das dey more roy sen pal rai may king young price long day best white black green brown head lee dean mann'.split(
    ' ',
  ),
);
/** Stand inside a name, never at its end. */
const PARTICLE = /^(?:von|van|der|den|de|del|la|las|los|da|di|du|el|al|bin|ben|y)$/i;
const WORD = /^[\p{L}\p{M}][\p{L}\p{M}.'’-]*$/u;
const ENDS_NAME = new Set(
  'likh likho likhiye note from frm fm nd btw of here and with this is at for in on my se hai h hu hoon hun bol bolra raha rahi speaking calling want need looking phone mobile number no email mail contact but i am we would number: ph mob age from, working work aur or ki ka ke ko city called है हूँ हूं से बोल और not nahi side & located based please pls can have interested the a an by who'.split(
    ' ',
  ),
);

/** Said between "my name is" and the name. */
const FILLERS = new Set([
  'spelled',
  'spelt',
  'written',
  'pronounced',
  'actually',
  'really',
  'just',
  'simply',
  'basically',
  'now',
  'only',
  'asal',
  'again',
]);

function nameAt(rest: string, sure: boolean, lead = ''): string | undefined {
  const parts: string[] = [];
  for (const piece of rest.split(' ').slice(0, 6)) {
    const ends =
      /[,;:!?|/()\n"]$|\.$/.test(piece) &&
      !INITIAL.test(piece) &&
      !/^(?:mr|mrs|ms|dr|fr|rev|sr|er|md|mohd|smt|prof|sh|adv|capt|col|maj|shri|ca|cs|er)\.$/i.test(piece);
    const bare = piece.replace(/[,;:!?|/()."]+$/, '').replace(/^["'(]+/, '');
    const lower = bare.toLowerCase();
    // the dot of an initial is part of the name
    const word = INITIAL.test(piece) || /^(?:md|mohd)\.$/i.test(piece) ? piece : bare;
    if (parts.length === 0 && FILLERS.has(lower)) continue;
    if (!WORD.test(word) || ENDS_NAME.has(lower)) {
      // "main Sandeep Yadav Lucknow se"
      if (/^(?:se|से|wale|wala)$/.test(lower) && parts.length > 1 && isCity(parts.at(-1)!)) parts.pop();
      break;
    }
    if (TITLES.has(lower) && parts.length === 0 && lower !== 'md' && lower !== 'mohd' && !ends) continue;
    if (/^(?:firma|empresa|société|societe|compañía|entreprise)$/.test(lower)) break;
    if (PARTICLE.test(lower) && parts.length > 0) {
      parts.push(word);
      continue;
    }
    if (COMMON_WORDS.has(lower) && !INITIAL.test(word) && !(parts.length > 0 && SURNAMES.has(lower))) {
      // a name may not begin with an everyday word; after one it ends
      if (parts.length === 0) return;
      break;
    }
    parts.push(word);
    if (ends || parts.length === 4) break;
  }
  while (parts.length > 0 && PARTICLE.test(parts.at(-1)!)) parts.pop();
  if (parts.length === 0) return;
  const name = parts.join(' ');
  // "this is Tata Motors" names a firm
  if (!plausible(parts) || (parts.length > 1 && SUFFIX.test(parts.at(-1)!))) return;
  if (
    !sure &&
    /^(?:i am|i'm|im|iam|i m|am|this is|it is|it's|its|that|ich bin|soy|je suis|c'est|ici|मैं|में|हम|main|mai)/i.test(
      lead.trim(),
    )
  ) {
    if (isVerbLike(parts[0]!) || (isCity(name) && parts.length === 1)) return;
    // a lower-case word after "it is" is more often a thing than a name
    if (
      /^(?:it|that)/i.test(lead) &&
      parts[0]![0] === parts[0]![0]!.toLowerCase() &&
      /[a-z]/.test(parts[0]![0]!)
    )
      return;
    if (parts.length === 1 && parts[0]!.length < 3) return;
  }
  return tidy(parts);
}

const isVerbLike = (word: string) =>
  /(?:ing|tion|ted|sed|ned|red|ked|ied|led|ved|zed|ful|less|able|ible|ous|ive|ly|ment|ness|est|ern|ese)$/i.test(
    word,
  ) && word.length > 4;

function plausible(parts: string[]): boolean {
  return (
    parts.every((p) => p.length <= 20 && !/(.)\1\1/.test(p.toLowerCase())) &&
    parts.join('').replace(/[^\p{L}]/gu, '').length >= 2
  );
}

const GREETING =
  /^(?:(?:oh+|ah|achha|accha|arre|hmm+|hi+|hello|hey|namaste|namaskar|good (?:morning|evening|afternoon)|dear|sir|madam|yes|ok|okay|sure|haan|ji|haan ji|no|actually|sorry|its|it's|it is|i am|i'm|this is|नमस्ते)[\s,.!-]+)+/i;
const stripGreeting = (text: string) => text.replace(GREETING, '');

/** The whole answer is a name: one to four words, none an everyday word. */
function bareName(text: string): string | undefined {
  const [first, ...others] = text.split(/[,;\n]/);
  if (first && !/\d/.test(first) && /\d/.test(others.join())) return bareName(first);
  // "Wilson, Wilson D'Souza"
  const [again] = others;
  if (first && again?.trim().toLowerCase().startsWith(`${first.trim().toLowerCase()} `))
    return bareName(again);
  if (/[?@₹$%#/\\<>{}=*_[\]]|\d/.test(text) && !/^[^?<>{}]{2,40}[,;]?\s+\+?\d[\d\s-]{8,}$/.test(text)) return;
  const stripped = stripGreeting(text)
    .replace(/^(?:name|naam|नाम)[\s:-]+/i, '')
    .replace(/\s+\+?\d[\d\s-]{6,}$/, '')
    .replace(/[\s.!,]+$/, '')
    .replace(
      /[,.!\s]+(?:here|this side|from .*|hai|h|hoon|hu|sir|ji|madam|naam hai|is my name|is the name|है)$/i,
      '',
    )
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, '')
    .split(/,|;|\band\b|\baur\b/)[0]!
    .trim();
  const parts = stripped.split(' ').filter(Boolean);
  if (parts.length === 0 || parts.length > 4) return;
  const kept =
    TITLES.has(parts[0]!.toLowerCase().replace('.', '')) &&
    parts.length > 1 &&
    !/^(?:md|mohd)/i.test(parts[0]!)
      ? parts.slice(1)
      : parts;
  if (!kept.every((p) => WORD.test(p) && !COMMON_WORDS.has(p.toLowerCase().replace(/\.$/, '')))) return;
  if (!plausible(kept) || kept.some(isMash)) return;
  if (kept.length === 1 && isVerbLike(kept[0]!) && !/^[A-Z]/.test(kept[0]!)) return;
  return tidy(kept);
}

/** Keys hit at random: no vowel, five consonants in a row, a run along the keyboard. */
const isMash = (word: string) =>
  word.length > 2 &&
  /^[a-z]+$/i.test(word) &&
  ((word.length > 3 && !/[aeiouy]/i.test(word)) ||
    /(?:^(?:qwe|asd|zxc|abc|xyz|aaa|bbb|xxx|abcd|test)$|asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|rtyu|zxcv|xcvb|cvbn|[bcdfghjklmnpqrstvwxz]{5})/i.test(
      word,
    ));

function tidy(parts: string[]): string {
  return parts
    .map((p) =>
      INITIAL.test(p)
        ? p.toUpperCase()
        : p === p.toLowerCase() || (p === p.toUpperCase() && p.length > 2)
          ? capital(p)
          : p,
    )
    .join(' ')
    .replace(/(?<=\p{L}{2})[.'’-]+$/u, '');
}

function capital(word: string): string {
  return word.toLowerCase().replace(/(^|['’-])(\p{L})/gu, (_, a, b) => a + b.toUpperCase());
}
