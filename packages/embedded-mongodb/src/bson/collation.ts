import { fault } from '../errors.ts';
import { CollationTable, type Level } from './collation-table.ts';
import { compareBytes } from './compare.ts';
import { show } from './ejson.ts';
import { type Doc, int, intValue, type Value } from './values.ts';

/** Compares strings as a collation does. `key` gives bytes in the same order, so an index and a sort always agree. */
export interface Collator {
  /** All options, defaults filled in, as MongoDB lists them. */
  readonly spec: Doc;
  compare(a: string, b: string): number;
  key(text: string): Uint8Array;
}

const DEFAULTS: [string, Value][] = [
  ['caseLevel', false],
  ['caseFirst', 'off'],
  ['strength', int(3)],
  ['numericOrdering', false],
  ['alternate', 'non-ignorable'],
  ['maxVariable', 'punct'],
  ['normalization', false],
  ['backwards', false],
];

/**
 * Languages for which the sort keys were checked against ICU's own comparison. Others have letters written with
 * several characters ("ch", "dž", "aa"), which keys made from single characters cannot place: they are refused
 * rather than sorted wrongly.
 */
const LANGUAGES = new Set(
  'en de fr es it pt nl af sv fi is ca pl ro lt lv et sl sw id ms tr az ru uk bg mk be kk el he ar fa ur ka hi mr ne bn as pa gu te kn ml'.split(
    ' ',
  ),
);

const made = new Map<string, Collator>();

/**
 * The collator of a collation document; `undefined` for none and for `{locale: 'simple'}`, which is order by bytes.
 * Throws BadValue (2) for what is not a collation and NotImplemented (238) for what is not available here.
 */
export function makeCollator(spec: Doc | undefined): Collator | undefined {
  if (!spec || spec.size === 0) return undefined;
  const full = checked(spec);
  if (full.get('locale') === 'simple') return undefined;
  const name = show(full);
  let collator = made.get(name);
  if (!collator) {
    collator = build(full);
    made.set(name, collator);
  }
  return collator;
}

const CACHED_KEYS = 20_000;

function build(spec: Doc): Collator {
  const strength = intValue(spec.get('strength'))!;
  const levels: Level[] = ['primary'];
  if (strength >= 2) levels.push('secondary');
  if (spec.get('caseLevel') === true) levels.push('case');
  if (strength >= 3) levels.push('tertiary');
  const caseFirst = spec.get('caseFirst') as string;
  const table = new CollationTable(
    (spec.get('locale') as string).replaceAll('_', '-'),
    caseFirst === 'off' ? 'false' : caseFirst,
  );
  const isNumeric = spec.get('numericOrdering') === true;
  const keys = new Map<string, Uint8Array>();
  const key = (text: string): Uint8Array => {
    let bytes = keys.get(text);
    if (!bytes) {
      bytes = table.key(text, levels, isNumeric, strength === 5);
      if (keys.size >= CACHED_KEYS) keys.clear();
      keys.set(text, bytes);
    }
    return bytes;
  };
  return { spec, key, compare: (a, b) => (a === b ? 0 : compareBytes(key(a), key(b))) };
}

function checked(spec: Doc): Doc {
  const locale = spec.get('locale');
  if (locale === undefined)
    throw fault(40414, "BSON field 'collation.locale' is missing but a required field");
  if (typeof locale !== 'string')
    throw fault('TypeMismatch', "BSON field 'collation.locale' is the wrong type, expected type 'string'");
  const full: Doc = new Map<string, Value>([['locale', locale], ...DEFAULTS]);
  for (const [name, value] of spec) {
    if (name === 'version') continue;
    if (!full.has(name)) throw fault(40415, `BSON field 'collation.${name}' is an unknown field.`);
    full.set(name, value);
  }
  const strength = intValue(full.get('strength'));
  if (strength === undefined || !Number.isInteger(strength) || strength < 1 || strength > 5)
    throw fault(
      'BadValue',
      `Enumeration value '${show(full.get('strength'))}' for field 'collation.strength' is not a valid value.`,
    );
  full.set('strength', int(strength));
  if (!['off', 'upper', 'lower'].includes(full.get('caseFirst') as string))
    throw fault(
      'BadValue',
      `Enumeration value '${show(full.get('caseFirst'))}' for field 'collation.caseFirst' is not a valid value.`,
    );
  if (locale === 'simple') {
    if (spec.size > 1)
      throw fault('BadValue', "Cannot specify any other collation options when 'locale' is 'simple'");
    return full;
  }
  refuseUnavailable(full, locale);
  return full.set('version', '57.1');
}

function refuseUnavailable(full: Doc, locale: string): void {
  const tag = locale.replaceAll('_', '-');
  let isKnown = false;
  try {
    isKnown = Intl.Collator.supportedLocalesOf([tag]).length > 0;
  } catch {
    // not a language tag at all
  }
  if (locale.includes('@'))
    throw fault('NotImplemented', `The collation '${locale}' is not available here: use the plain locale.`);
  if (!isKnown) throw fault('BadValue', `Field 'locale' is invalid in: ${show(full)}`);
  if (!LANGUAGES.has(tag.split('-')[0]!.toLowerCase()))
    throw fault(
      'NotImplemented',
      `The collation '${locale}' is not available here. Use 'en' or another locale of: ${[...LANGUAGES].join(', ')}.`,
    );
  if (full.get('alternate') !== 'non-ignorable')
    throw fault('NotImplemented', "The collation option alternate: 'shifted' is not available here.");
  if (full.get('backwards') === true || tag.toLowerCase() === 'fr-ca')
    throw fault('NotImplemented', 'The collation option backwards is not available here.');
}
