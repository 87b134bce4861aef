/**
 * A question in plain words → a spec, by grammar: what is counted, by what, who or from where, when. Whatever is left
 * over and not understood is refused by name: a number is never guessed. Pure.
 */
import { DateTime } from 'luxon';
import type { Dataset, DimensionName, Measure } from '../../core/dataset.ts';
import { measuresOf } from './rules.ts';
import { type GroupName, type Period, type Spec, specSchema } from './spec.ts';

export type Known = {
  datasets: Dataset[];
  people: { id: string; name: string }[];
  /** Who asks: "I", "my". */
  own?: string;
  /** Whoever is under them, and they themselves: "my team". */
  team?: string[];
  /** They lead that team: what "I" got is told beside what each of theirs did. */
  leads?: boolean;
  sources: string[];
  products: string[];
  now: Date;
  zone: string;
};
export type Read = { spec: Spec } | { unknown: string };

export function readQuestion(question: string, known: Known): Read {
  const rest = new Words(question);
  const period = readPeriod(rest, known);
  const by = readGroups(rest);
  const { filters, each } = readFilters(rest, known);
  // “leads were lost” is “leads lost”.
  rest.take(auxiliaries);
  const measure = readMeasure(rest, known.datasets);
  rest.take(filler);
  const left = rest.left();
  if (left) return { unknown: left };
  if (!measure) return { unknown: question.trim() };
  const list =
    /^\s*(list|show|which|who)\b/i.test(question) && !by.length && !/\bhow (many|much)\b/i.test(question);
  return {
    spec: specSchema.parse({
      measures: [measure.name],
      by: each && !by.length && !list ? ['caller'] : by,
      period: period ?? 'today',
      filters,
      list: list && !measure.sum,
      chart: by.length ? (/\bpie\b/i.test(question) ? 'pie' : 'bar') : 'none',
    }),
  };
}

/** A text from which each thing understood is taken away: what stays was not understood. */
class Words {
  #text: string;
  constructor(text: string) {
    this.#text = ` ${text
      .toLowerCase()
      .replace(/[?!.,;:"“”]/g, ' ')
      .replace(/['’]s\b/g, '')
      .replace(/\s+/g, ' ')
      .trim()} `;
  }
  take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#text = this.#text.replace(pattern, ' ').replace(/\s+/g, ' ');
    return found;
  }
  takeWords(words: string): boolean {
    return this.take(new RegExp(`(?<=\\s)${escaped(words.toLowerCase())}(?=\\s)`)) !== undefined;
  }
  left(): string {
    return this.#text.trim();
  }
}

const filler =
  /(?<=\s)(how many|how much|what (is|are|was|were)|show( me)?|give( me)?|list|which|who|tell( me)?|the|of|for|from|in|on|at|by|with|were|was|are|is|did|do|does|done|has|have|had|made|make|get|got|we|our|us|my|i|a|an|and|per|please|number|count|total|all|report|chart|graph|as|pie|bar|there|came|come|each|during|booked)(?=\s)/g;

const auxiliaries = /(?<=\s)(?:what (?:is|are|was|were)|were|was|are|is|been|have|has|had|we|there)(?=\s)/g;

const ofTeam = /(?<=\s)(?:(?:by|of|for|in|from) )?(?:my|our|meri) (?:own )?team(?: members?| mates?)?(?=\s)/;
/** "Show me" and "give me" ask for nobody's in particular. */
const ofOneself = /(?<=\s)(?:my|mine|i|(?:by|of|for) me|mera|meri|mere|maine)(?=\s)/;
const ofOneselfAlone =
  /(?<=\s)(?:my own|(?:i|me|my)? ?(?:myself|alone)|(?:by|of|for) me alone|apne?|apni)(?=\s)/;

const periods: [RegExp, Period][] = [
  [/(?<=\s)(today|todays|aaj)(?=\s)/, 'today'],
  [/(?<=\s)(yesterday|yesterdays)(?=\s)/, 'yesterday'],
  [/(?<=\s)(tomorrow|tomorrows)(?=\s)/, 'tomorrow'],
  [/(?<=\s)(last|previous) 7 days(?=\s)/, 'last-7-days'],
  [/(?<=\s)(last|previous) 30 days(?=\s)/, 'last-30-days'],
  [/(?<=\s)(this|current) (fy|financial year|fiscal year)(?=\s)/, 'this-financial-year'],
  [/(?<=\s)(last|previous) (fy|financial year|fiscal year)(?=\s)/, 'last-financial-year'],
  [/(?<=\s)(this|current) week(?=\s)/, 'this-week'],
  [/(?<=\s)(last|previous) week(?=\s)/, 'last-week'],
  [/(?<=\s)next week(?=\s)/, 'next-week'],
  [/(?<=\s)(this|current) month(?=\s)/, 'this-month'],
  [/(?<=\s)(last|previous) month(?=\s)/, 'last-month'],
  [/(?<=\s)next month(?=\s)/, 'next-month'],
  [/(?<=\s)(this|current) year(?=\s)/, 'this-year'],
  [/(?<=\s)(last|previous) year(?=\s)/, 'last-year'],
];
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

function readPeriod(rest: Words, { now, zone }: Known): Period | undefined {
  const today = DateTime.fromJSDate(now, { zone });
  if (rest.take(/(?<=\s)day before yesterday(?=\s)/)) {
    const day = today.minus({ days: 2 }).toISODate()!;
    return { from: day, to: day };
  }
  const range = rest.take(
    /(?<=\s)(?:from |between )?(\d{4}-\d\d-\d\d) (?:to|and|till|until) (\d{4}-\d\d-\d\d)(?=\s)/,
  );
  if (range) return { from: range[1]!, to: range[2]! };
  const day = rest.take(/(?<=\s)(?:on )?(\d{4}-\d\d-\d\d)(?=\s)/);
  if (day) return { from: day[1]!, to: day[1]! };
  for (const [pattern, period] of periods) if (rest.take(pattern)) return period;
  const month = rest.take(new RegExp(`(?<=\\s)(?:in )?(${months.join('|')})(?: (\\d{4}))?(?=\\s)`));
  if (!month) return undefined;
  const number = months.indexOf(month[1]!) + 1;
  // A month without a year is the last one that has begun.
  const year = month[2] ? Number(month[2]) : number > today.month ? today.year - 1 : today.year;
  const start = DateTime.fromObject({ year, month: number }, { zone });
  return { from: start.toISODate()!, to: start.endOf('month').toISODate()! };
}

const groups: [GroupName, string][] = [
  [
    'caller',
    'tele-?callers?|telecallers?|callers?|users?|persons?|people|employees?|individuals?|agents?|staff|executives?',
  ],
  ['source', 'sources?|channels?'],
  ['campaign', 'campaigns?'],
  ['product', 'products?'],
  ['stage', 'stages?|status(?:es)?'],
  ['reason', '(?:lost )?reasons?'],
  ['city', 'cit(?:y|ies)|areas?'],
  ['industry', 'industr(?:y|ies)'],
  ['segment', 'segments?|customer types?'],
  ['size', 'sizes?'],
  ['outcome', 'outcomes?|results?'],
  ['hour', 'hours?|hourly'],
  ['day', 'days?|daily|dates?'],
  ['week', 'weeks?|weekly'],
  ['month', 'months?|monthly'],
];

function readGroups(rest: Words): GroupName[] {
  const found: GroupName[] = [];
  for (;;) {
    const next = groups.find(([, words]) =>
      rest.take(
        new RegExp(
          `(?<=\\s)(?:(?:by|per|each|for each|and|wise by) (?:the )?(?:${words})|(?:${words})[- ]wise|(?:hourly|daily|weekly|monthly)(?<=${words}))(?=\\s)`,
        ),
      ),
    );
    if (!next || found.length === 2) return found;
    found.push(next[0]);
  }
}

/** `each`: whose it is is to be told beside the number. */
function readFilters(
  rest: Words,
  { people, own, team, leads, sources, products }: Known,
): { filters: Spec['filters']; each: boolean } {
  let each = false;
  const filters: Partial<Record<DimensionName, string[]>> = {};
  const add = (name: DimensionName, value: string) => {
    filters[name] = [...(filters[name] ?? []), value];
  };
  if (team?.length && rest.take(ofTeam)) for (const id of team) add('caller', id);
  else if (own && rest.take(ofOneselfAlone)) {
    rest.take(ofOneself);
    add('caller', own);
  } else if (own && rest.take(ofOneself)) {
    each = leads === true && Boolean(team?.length);
    for (const id of each ? team! : [own]) add('caller', id);
  }
  for (const source of sources) if (rest.takeWords(source)) add('source', source);
  for (const product of products) if (rest.takeWords(product)) add('product', product);
  for (const { id, name } of people) if (rest.takeWords(name)) add('caller', id);
  for (const { id, name } of people) {
    const first = name.split(' ')[0]!;
    const alone =
      people.filter((other) => other.name.toLowerCase().split(' ')[0] === first.toLowerCase()).length === 1;
    if (alone && first.length > 1 && rest.takeWords(first)) add('caller', id);
  }
  return { filters, each };
}

/** The longest words first: "demos completed" before "demos". */
function readMeasure(rest: Words, datasets: Dataset[]): Measure | undefined {
  const words = measuresOf(datasets)
    .flatMap(({ measure }) => measure.words.map((word) => ({ word, measure })))
    .sort((a, b) => b.word.length - a.word.length);
  return words.find(({ word }) => rest.takeWords(word))?.measure;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
