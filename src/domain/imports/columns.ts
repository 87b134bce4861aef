/** Which row is the header and which column is what: pure guesses, shown before anything is imported. */
import { createHash } from 'node:crypto';
import type { Target } from './contract.ts';

/** Names that columns have, without blanks and signs; the first that fits wins. */
const names: [Target, RegExp][] = [
  ['firstName', /^(first|given|fore)name|^vorname|^prenom|^nombre$/],
  ['lastName', /^(last|family|sur)name|^nachname|^apellidos?/],
  ['industry', /industry|^branche|^sector|^trade$/],
  ['segment', /segment|customertype/],
  ['size', /^size|companysize|employees|turnover/],
  ['company', /company|organi[sz]ation|^firm|^business(name)?$|^account(name)?$|^firma|empresa/],
  ['email', /e?mail/],
  [
    'phone',
    /phone|mobile|^mob|cell|contactn(o|um)|telef|^tel$|^tel(no|num)|whats?app|handy|^number$|movil|फोन|मोबाइल/,
  ],
  ['assignee', /assign|^owner|salesperson|salesrep|telecaller|caller$|executive|^agent|handledby/],
  ['campaign', /campaign|kampagne|^utmcampaign/],
  ['medium', /^medium$|^utmmedium|channel/],
  ['source', /source|^utmsource|^quelle|^origin|referr/],
  ['city', /city|town|^location|^area$|^ort$|^stadt|district|ciudad|शहर/],
  ['quantity', /quantity|^qty|^menge|units|numberofusers|^users$/],
  ['budget', /budget|^price|expectedvalue|dealvalue|amount/],
  ['product', /product|interest|lookingfor|requirement|service|^item|^produkt|course/],
  ['note', /note|remark|comment|message|description|details|bemerkung|feedback|query|enquiry$/],
  [
    'name',
    /^name|fullname|(customer|client|lead|contact|person|student|party)s?name|^(customer|client|contact|lead)s?$|^nom$|नाम/,
  ],
];

const plain = (cell: string): string =>
  cell
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
const targetOf = (cell: string): Target | undefined => {
  const word = plain(cell);
  return word.length <= 40 ? names.find(([, pattern]) => pattern.test(word))?.[0] : undefined;
};

const looksLikeMail = (cell: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell);
const looksLikePhone = (cell: string): boolean =>
  /^[+\d][\d\s().\-/]{6,24}$/.test(cell) && cell.replace(/\D/g, '').length >= 7;

/** The first of ten rows whose cells are names of columns; -1 where the data begins at once. */
export function headerRowOf(rows: string[][]): number {
  const scores = rows.slice(0, 10).map((cells) => {
    if (cells.some((cell) => looksLikeMail(cell) || looksLikePhone(cell))) return 0;
    return new Set(cells.map(targetOf).filter(Boolean)).size;
  });
  const best = Math.max(0, ...scores);
  const found = scores.indexOf(best);
  return best >= Math.min(2, rows[found]?.filter(Boolean).length ?? 2) && best > 0 ? found : -1;
}

/** The names to show: each once, and one for each column that has none. */
export function columnNames(header: string[], columns: number): string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: columns }, (_, at) => {
    const name = header[at]?.replace(/\s+/g, ' ').trim().slice(0, 80) || `Column ${at + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times > 1 ? `${name} (${times})` : name;
  });
}

/** Each target once, to the first column that bears its name; without a header, by what stands in the columns. */
export function suggestMapping(header: string[], sample: string[][], columns: number): (Target | null)[] {
  const used = new Set<Target>();
  const take = (target: Target | undefined): Target | null => {
    if (!target || used.has(target)) return null;
    used.add(target);
    return target;
  };
  const mapping = Array.from({ length: columns }, (_, at) =>
    take(header[at] ? targetOf(header[at]) : undefined),
  );
  for (const [target, looks] of [
    ['email', looksLikeMail],
    ['phone', looksLikePhone],
  ] as const) {
    if (used.has(target)) continue;
    const at = mapping.findIndex((taken, column) => !taken && mostly(sample, column, looks));
    if (at >= 0) mapping[at] = take(target);
  }
  if (!header.length && !used.has('name')) {
    const isWords = (cell: string) => /^[\p{L}\p{M} .'-]{3,60}$/u.test(cell);
    const at = mapping.findIndex((taken, column) => !taken && mostly(sample, column, isWords));
    if (at >= 0) mapping[at] = take('name');
  }
  return mapping;
}

function mostly(sample: string[][], column: number, looks: (cell: string) => boolean): boolean {
  const filled = sample.map((row) => row[column] ?? '').filter(Boolean);
  return filled.length > 0 && filled.filter(looks).length > filled.length * 0.6;
}

/** Files with the same names in the same order are read alike. */
export const signatureOf = (header: string[]): string =>
  createHash('sha256').update(header.map(plain).join('\n')).digest('hex');
