/** Whether two contacts may be one person: a suspicion with a score, never a match. Pure. */
import { distance } from '../../core/nearest.ts';
import { companyDomain, nationalNumber, sameLine, sameMailbox } from './addresses.ts';

export type Person = {
  name: string;
  phone?: string | undefined;
  email?: string | undefined;
  city?: string | undefined;
  company?: string | undefined;
};
export type Reason = { rule: string; score: number; text: string };
export type Suspicion = { score: number; reasons: Reason[] };

/**
 * What speaks for one person. Scores of 0 to 1 add up as chances do: 1 − (1 − a)(1 − b). No single one of them but an
 * address reaches 0.8, so that a name and a company alone are never taken for the same person.
 */
export function suspect(a: Person, b: Person): Suspicion | undefined {
  const reasons = rules.flatMap((rule) => rule(a, b) ?? []);
  const score = 1 - reasons.reduce((rest, reason) => rest * (1 - reason.score), 1);
  return reasons.length ? { score: Math.round(score * 100) / 100, reasons } : undefined;
}

type Rule = (a: Person, b: Person) => Reason | undefined;
const rules: Rule[] = [
  (a, b) =>
    a.phone && b.phone && sameLine(a.phone) === sameLine(b.phone)
      ? { rule: 'same-phone', score: 0.9, text: `Both give the number ${a.phone}.` }
      : undefined,
  (a, b) =>
    a.email && b.email && sameMailbox(a.email) === sameMailbox(b.email)
      ? { rule: 'same-email', score: 0.9, text: `Both give the mailbox ${sameMailbox(a.email)}.` }
      : undefined,
  (a, b) => {
    const number = a.phone && nationalNumber(a.phone);
    return number && b.phone && sameLine(a.phone!) !== sameLine(b.phone) && number === nationalNumber(b.phone)
      ? {
          rule: 'other-country-code',
          score: 0.6,
          text: `The same number ${number} with another country code.`,
        }
      : undefined;
  },
  (a, b) =>
    a.phone && b.phone && isSlip(sameLine(a.phone), sameLine(b.phone))
      ? {
          rule: 'phone-slip',
          score: 0.3,
          text: `${a.phone} and ${b.phone} differ by one slip of the finger.`,
        }
      : undefined,
  (a, b) => {
    const likeness = nameLikeness(a.name, b.name);
    return likeness >= 0.8
      ? {
          rule: 'like-name',
          score: Math.round(likeness * 45) / 100,
          text: `“${a.name}” and “${b.name}” are ${Math.round(likeness * 100)} % alike.`,
        }
      : undefined;
  },
  (a, b) => {
    const company = companyKey(a.company);
    return company && company === companyKey(b.company)
      ? { rule: 'same-company', score: 0.4, text: `Both are of ${a.company}.` }
      : undefined;
  },
  (a, b) => {
    const domain = companyDomain(a.email);
    return domain && domain === companyDomain(b.email) && a.email !== b.email
      ? { rule: 'same-domain', score: 0.25, text: `Both write from ${domain}.` }
      : undefined;
  },
  (a, b) =>
    a.city && b.city && squeeze(a.city) === squeeze(b.city)
      ? { rule: 'same-city', score: 0.1, text: `Both are in ${a.city}.` }
      : undefined,
];

/**
 * By what possible doubles are looked up, so that nobody is compared with everybody: how the name sounds (whatever the
 * order of its words), the company with the first name, the number without its country code.
 */
export function blockKeys({ name, phone, email, company }: Person): string[] {
  const sounds = wordsOf(name).map(soundOf).filter(Boolean);
  const national = phone && nationalNumber(phone);
  const firms = [companyKey(company), companyDomain(email)].filter(Boolean);
  return [
    ...(sounds.length > 1 ? [`n:${sounds.toSorted().join(' ')}`] : []),
    ...(sounds[0] ? firms.map((firm) => `c:${firm}:${sounds[0]}`) : []),
    ...(national ? [`p:${national}`] : []),
  ];
}

export function blockOf(person: Person): { block?: string[] } {
  const block = blockKeys(person);
  return block.length ? { block } : {};
}

/** 0 to 1. Order of the words does not count, nor do titles; a word that one leaves out counts a little. */
export function nameLikeness(a: string, b: string): number {
  const [short, long] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length) as [string[], string[]];
  if (!short.length) return 0;
  const left = [...long];
  let sum = 0;
  for (const word of short) {
    const best = left.reduce(
      (at, other, i) => (wordLikeness(word, other) > wordLikeness(word, left[at]!) ? i : at),
      0,
    );
    sum += left.length ? wordLikeness(word, left[best]!) : 0;
    left.splice(best, 1);
  }
  const missing = long.length - short.length;
  return (sum / short.length) * (1 - 0.1 * Math.min(missing, 3));
}

/** An initial stands for any word that begins with it. */
function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 0.8 : 0;
  const written = 1 - distance(a, b) / Math.max(a.length, b.length);
  return soundOf(a) === soundOf(b) ? Math.max(written, 0.9) : written;
}

const titles = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'prof',
  'shri',
  'smt',
  'sri',
  'kumari',
  'sir',
  'madam',
  'er',
  'adv',
]);
const wordsOf = (name: string): string[] => {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  const own = words.filter((word) => !titles.has(word));
  return (own.length ? own : words).slice(0, 6);
};

/** Consonants as they are heard; other scripts than Latin as they are written. `Ravee`, `Ravi` → `rv`. */
function soundOf(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word;
  const heard = word
    .replace(/ph/g, 'f')
    .replace(/ck|c(?![eih])|q/g, 'k')
    .replace(/c(?=[ei])|z|x/g, 's')
    .replace(/w/g, 'v')
    .replace(/j|g(?=[ei])/g, 'j')
    .replace(/(?<=.)[aeiouyh]/g, '')
    .replace(/(.)\1+/g, '$1');
  return heard.replace(/^[aeiou]/, 'a').replace(/^y/, 'i');
}

/** `Acme Pvt. Ltd.`, `ACME Private Limited` → `acme`. */
export function companyKey(company: string | undefined): string {
  const words = (company ?? '')
    .toLowerCase()
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word && !forms.has(word));
  return words.join(' ');
}
const forms = new Set(
  'pvt private ltd limited llp llc inc incorporated corp corporation co company gmbh ag sa sarl bv plc ltda and the m s'.split(
    ' ',
  ),
);

/** One digit other, missing, too many, or two exchanged, behind the same country code. */
const isSlip = (a: string, b: string): boolean => a.slice(0, 3) === b.slice(0, 3) && distance(a, b) === 1;

const squeeze = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
