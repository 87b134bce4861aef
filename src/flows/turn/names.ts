/** Whose name stands in a message, where the language engine does not say: beside a number, in a signature, alone. */
import type { Entities, Expecting } from '../nlu.ts';
import { plainMeaning } from './clean.ts';
import type { Talk } from './talk.ts';
import { understand } from './understand.ts';
import { nameFrom } from './words.ts';

/** "Rohit likho, Rahul mera bhai hai" → "Rohit" */
export const withoutVerb = (words: string): string =>
  words
    .split(/[,.;]/)[0]!
    .replace(/\s+(likho|likhiye|likh do|hai|please|pls|only|actually|लिखो|लिखिए|है)\s*$/iu, '');

/** "…, Pooja Hegde 9964012345": two or three words with capitals beside the number are whose it is. */
export function besideNumber(talk: Talk, text: string, { phone, email }: Entities): string | undefined {
  if ((!phone && !email) || talk.vars.name !== undefined) return undefined;
  // "A demo tomorrow for Imran, 97000…"
  const forWhom = /\bfor (\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?)\s*[,:(–-]?\s*\+?\d[\d\s-]{8,}/u.exec(text)?.[1];
  if (forWhom && !isProduct(talk, forWhom)) {
    const { product, city, company, person } = understand(talk, forWhom, 'name').entities;
    if (person && !product && !city && !company) return person;
  }
  const clauses = text.split(/[,;\n/|]|\.\s/);
  const clause = clauses.find((part) => /\d{4}|@/.test(part));
  // "98111…, Kamal"
  const other = clauses.length === 2 ? clauses.find((part) => part !== clause)?.trim() : undefined;
  if (other && /^\p{Lu}\p{Ll}+(\s\p{Lu}\p{Ll}+)?$/u.test(other) && !isProduct(talk, other))
    return nameFrom(other);
  const words = clause
    ?.replace(/\S+@\S+|\+?\d[\d\s()-]{6,}\d/g, ' ')
    .replace(/[-–:()]/g, ' ')
    .trim();
  // "A sales person, please. Amrit 98760…"
  if (clause !== text && words && /^\p{Lu}\p{Ll}+$/u.test(words) && !isGreeting.test(words)) {
    const { product, city, person } = understand(talk, words, 'name').entities;
    if (person && !product && !city) return person;
  }
  // One word with the number and nothing else is a name too: "Prakash 98455…".
  const least = clause === text ? 0 : 1;
  return words &&
    new RegExp(`^\\p{Lu}[\\p{L}.']+(\\s\\p{Lu}[\\p{L}.']*){${least},2}$`, 'u').test(words) &&
    !isProduct(talk, words)
    ? nameFrom(words)
    : ownClause(talk, clauses);
}

/** "ERP. 98220…. Monday 4 pm. Sanjay.": who gives a number and stands between two signs. */
function ownClause(talk: Talk, clauses: string[]): string | undefined {
  for (const [i, clause] of clauses.entries()) {
    // "for Kaveri Foods, Erode"
    if (/\b(?:for|from|at|of|company|firm)\s+\p{Lu}[\p{L}& ]*$/u.test(clauses[i - 1] ?? '')) continue;
    const bare = clause
      .replace(/^[^:]{2,25}:\s*/, '')
      .trim()
      .replace(/[.!]+$/, '')
      .replace(/\s+from\s+\p{Lu}[\p{L} ]{2,30}$/u, '');
    if (!/^\p{Lu}\p{Ll}+(\s\p{Lu}[\p{L}.']*){0,2}$/u.test(bare) || isGreeting.test(bare)) continue;
    const plain = understand(talk, bare, undefined).entities;
    if (plain.product || plain.city || plain.company || plain.dateTime) continue;
    const name = understand(talk, bare, 'name').entities.person;
    if (name) return name;
  }
  return undefined;
}
/** "My partner comes too, her name is Rhea": not the customer's, whose name we have. */
export const someoneElse =
  /\b(her|his|their|partner'?s?|colleague'?s?|friend'?s?|uska|uski|unka|unki)\s+(full )?(name|naam)\b/i;
/** "His name is Girdhari Lal", where somebody asks for another: the name that we asked for. */
export function behalfOf(text: string): string | undefined {
  const name =
    /\b(?:his|her|their|uska|uski|unka|unki|iska|inka)\s+(?:full |good )?(?:name|naam)\s*(?:is\b|hai\b|:|-)?\s*(?<name>\p{L}{2,}(?: \p{L}{2,}){0,2})/iu.exec(
      text,
    )?.groups?.name;
  return name && nameFrom(name);
}
/** "My manager Mr. Rajesh Khanna would like …" */
export function titled(talk: Talk, text: string): string | undefined {
  if (talk.vars.name !== undefined) return undefined;
  const name = /\b(?:Mr|Mrs|Ms|Dr|Shri|Smt|Prof)\b\.?\s+(\p{Lu}[\p{L}.']+(?:\s\p{Lu}[\p{L}']+)?)/u.exec(
    text,
  )?.[1];
  return name && nameFrom(name);
}
const isProduct = (talk: Talk, words: string): boolean =>
  talk.app.organisation.products.some(({ name }) => name.toLowerCase() === words.toLowerCase());

/** "Nitin. About the CRM" */
export function firstSentence(talk: Talk, text: string, { product }: Entities): string | undefined {
  const first = /^(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?)[.,!] \S/u.exec(text)?.[1];
  if (!first || !product || talk.vars.name !== undefined || isGreeting.test(first) || plainMeaning(first))
    return undefined;
  const alone = understand(talk, first, 'name').entities;
  return alone.product || alone.city ? undefined : alone.person;
}

/** "What is my name, you mean? Sonu Tiwari" */
export function lastSentence(text: string, expecting: Expecting | undefined): string | undefined {
  const last =
    expecting === 'name' ? /[?!.]\s+(\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+){0,2})\s*$/u.exec(text)?.[1] : undefined;
  return last && nameFrom(last);
}

/** A name alone, though something else was asked: words that are neither a request nor an answer to that. */
export function bareName(talk: Talk, text: string, expecting: Expecting | undefined): string | undefined {
  if (
    !expecting ||
    expecting === 'choice' ||
    expecting === 'free' ||
    text.split(/\s+/).length > (talk.silent ? 2 : 3) ||
    plainMeaning(text)
  )
    return undefined;
  const yielding = /^(?:ok|okay|fine|alright|accha|achha|chalo|theek hai)[, ]+(\p{Lu}\p{Ll}+)$/iu.exec(
    text,
  )?.[1];
  if (
    yielding &&
    /^\p{Lu}/u.test(yielding) &&
    talk.memory.refused.some((name) => talk.slots[name]?.type === 'name')
  )
    return understand(talk, yielding, 'name').entities.person;
  const [main] = understand(talk, text, undefined).intents;
  const details =
    main !== undefined &&
    ((main.label === 'give_details' && (main.score >= 0.5 || twoNames.test(text))) ||
      (main.label === 'greet' && /^\p{Lu}\p{Ll}+( \p{Lu}\p{Ll}*)*$/u.test(text) && !isGreeting.test(text)));
  if (
    !talk.silent && (expecting === 'product' || !expecting)
      ? !details
      : main !== undefined && main.score >= 0.6 && !details
  )
    return undefined;
  return understand(talk, text, 'name').entities.person;
}

/** "Ramesh Babu" */
const twoNames = /^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+$/u;
const isGreeting =
  /^(hi+|hello+|hey+|hlo|hlw|heya|yo|sup|howdy|morning|evening|afternoon|aloha|ola|adaab|pranam|ram|jai|radhe|sasriyakal|sat|wassup|ping|hola|hallo|namast\w*|namaskar|salaam|good|dear|greetings|vanakkam|bonjour|guten)\b/i;
const labelled =
  /(?:^|[^\p{L}\p{M}])(?<!\b(?:company|brand|product|firm|shop|user|the|your|ur|whats|file|school|what|boss|friend|son|wife|husband|father|brother|manager|colleague|uska|unka|iska|his|her|their|\p{L}+'s)\s)(?:name|naam|नाम)\s*(?:is\b|ist\b|to\b|hai\b|:|-|=|है)?\s+(?!(?:of|to|and|please|kya|is|wise|batao|hai|hain)\b|है)(?:(?:actually|spelled|spelt|written|with|(?:mr|mrs|ms|dr|fr|sr|rev|prof|shri|smt|er|adv|ca)\.?)\s+)*(?<name>[\p{L}\p{M}.' ]{2,40}?)\s*(?:\bhai|\bhain|है|\bhere)?(?=$|[\n,;!]|\.\s|\.$|\s(?:and|from|aur|my|mera|phone|ph|mob|mobile|number|no|email|mail|se|city|budget|for|need|i|main)\b|\s(?:और|मेरा)|\s\d)/iu;
const signed =
  /(?:^|[\n.;,])\s*(?:contact (?:person|name)\s*(?:is\b|hai\b|[:,\n-])?|(?:me|myself|contact|regards|rgds|rgrds|sincerely|thanks)\s*[:,\n-])\s*(?:(?:mr|mrs|ms|dr|fr|sr|rev|prof|shri|smt|er|adv|ca)\.?\s+)?(?<name>[\p{L}\p{M}.' ]{2,40}?)(?=$|[\n,;.|]|\s\d|\s[|/-])/iu;
const introduced =
  /^(?:hmm+|ok|okay|fine|alright|sure|cool|great|accha|achha|yes|hi|hello|haan|ji|[,. ])*(?<name>[\p{L}\p{M}.']{2,20}(?: [\p{L}\p{M}.']{2,20})?) (?:this side|here|speaking|is my (?:full |real |good )?name|bol rah[ai]|bol rhi|naam h|naam hai)\b/iu;
const surname =
  /\b(?:my |the )?(?:surname|last name|family name|nachname|apellido)\s*(?:is|ist|hai|es|:|-)?\s*(?<name>\p{Lu}[\p{L}'’-]+)/iu;
/** "Om" – "Om Prakash Gupta", "my surname is Gupta": the name that is known, and more of it. */
export function fuller(known: unknown, text: string): string | undefined {
  if (typeof known !== 'string') return undefined;
  const last = surname.exec(text)?.groups?.name;
  if (last && !known.toLowerCase().includes(last.toLowerCase()))
    return nameFrom(`${known.split(/\s+/)[0]} ${last}`);
  if (text.length > 60) return undefined;
  const whole = nameFrom(text);
  return whole && isFuller(known, whole) ? whole : undefined;
}
export function isFuller(known: string, name: string): boolean {
  const words = (text: string) => text.toLowerCase().split(/\s+/);
  const longer = words(name);
  const [first, ...rest] = words(known);
  return longer.length > rest.length + 1 && longer.includes(first!);
}

/** "Name: Ashok", "naam Ravi hai, 98…" */
export function nameSaid(text: string): string | undefined {
  const found = labelled.exec(text)?.groups?.name;
  const trailing = /^(?<name>[\p{L}\p{M}.' ]{2,30}?)\s+(?:naam|नाम)\s+(?:hai|है)/iu
    .exec(text)
    ?.groups?.name?.replace(/^mera\s*/i, '');
  // "Naam? Likho Ghanshyam"
  const dictated =
    /(?:^|[?.!,]\s*)likh(?:o|iye| lo| lijiye)\s+(?<name>\p{L}{3,20}(?: \p{Lu}\p{L}+)?)$/iu.exec(text)?.groups
      ?.name;
  // "Pooja, not Puja"
  const rather = /^(?<name>\p{Lu}\p{Ll}+),? (?:not|nahi|na ki) \p{Lu}\p{Ll}+[.! ]*$/u.exec(text)?.groups
    ?.name;
  const name =
    found ??
    dictated ??
    rather ??
    trailing ??
    introduced.exec(text)?.groups?.name ??
    signed.exec(text)?.groups?.name;
  return name ? nameFrom(name) : undefined;
}
