import type { DayPart } from '../types.ts';
import { daysBetween, weekdayOf } from './calendar.ts';
import type { Clock, Item } from './items.ts';

/** What belongs together: at most one day, one time, one part of day. */
export type Group = {
  day?: Extract<Item, { k: 'day' }>;
  days?: Extract<Item, { k: 'days' }>;
  moment?: Extract<Item, { k: 'moment' }>;
  clock?: Clock;
  bound?: 'after' | 'before';
  weakTime?: boolean;
  times?: { a: Clock; b: Clock; from?: boolean };
  part?: DayPart;
  zone?: string;
  now?: boolean;
  /** How it is joined to the group before it. */
  link?: 'or' | 'to' | 'and' | 'instead';
  negated?: boolean;
  fix?: boolean;
  /** A second day that does not fit the first ("Friday 14th", when the 14th is a Saturday). */
  rival?: Extract<Item, { k: 'day' }>;
  start: number;
  end: number;
};

/** What stands behind the day that it denies. */
const HINDI_NOT =
  /^(possible n|mushkil|is (?:bad|diff|tough|full|packed|out|off|a no|not)|isn|does|no good|non|nein|schlecht|geht|passt|no me v|ne (?:va|m)|nah|nhi|ni$|nai|na$|mat$|mt$|मत|नह|chh?od|ke al|ke si|छोड|के अल)/;

/** Puts items into groups, in the order of the text, with how they are linked, negated or corrected. */
export function group(items: Item[], text: string): Group[] {
  const groups: Group[] = [];
  let current: Group | undefined;
  let link: Group['link'];
  let negate = false;
  let fix = false;
  let gap = 0;
  let between = false;
  // "not on the 2nd or the 3rd": what is joined to a denied day is denied too
  let denied = false;

  const open = (item: Item): Group => {
    const made: Group = {
      link: groups.length ? link : link === 'instead' ? link : undefined,
      negated: negate || denied,
      fix,
      start: item.start,
      end: item.end,
    };
    groups.push(made);
    link = undefined;
    negate = fix = denied = false;
    return made;
  };
  const into = (item: Item, taken: (g: Group) => unknown): Group => {
    if (!current || taken(current) || fix || negate || link === 'or' || link === 'to' || link === 'instead')
      current = open(item);
    link = undefined;
    current.end = Math.max(current.end, item.end);
    gap = 0;
    return current;
  };

  items.forEach((item, at) => {
    if (item.k === 'word') {
      if (!item.light) {
        gap++;
        denied = false;
      }
      return;
    }
    if (item.k === 'stop') return;
    if (item.k === 'link') {
      denied =
        (item.link === 'or' || item.link === 'and') &&
        current?.negated === true &&
        /^\p{L}/u.test(text.slice(item.start, item.end));
      if (item.link === 'not') {
        const hindi = HINDI_NOT.test(text.slice(item.start, item.end));
        const ahead = isAhead(items, at);
        // "nahi nahi, friday ko" corrects what was said in the message before
        if (hindi && !current) {
          if (ahead) fix = true;
          return;
        }
        // "kal koi dikkat nahi" is a yes
        const harmless =
          current &&
          /problem|dikkat|issue|pareshani|tension|koi baat|objection|दिक्कत|परेशानी/.test(
            text.slice(current.end, item.start),
          );
        if (harmless) return;
        if (current && gap <= 3 && (hindi ? gap === 0 || (gap <= 2 && !negates(items, at)) : !ahead)) {
          current.negated = true;
          current = undefined;
        } else if (ahead) negate = true;
      } else if (item.link === 'fix') {
        const spoiled = /not possible/.test(text.slice(item.start, item.end));
        // "11 am, or if not possible friday": both are offered
        if (spoiled && link === 'or') return;
        if (spoiled && current) current.negated = true;
        else fix = true;
      } else if (item.link === 'instead') {
        // "kal ki jagah parso": what is given up stands before
        if (current && /^(ki|ke|की|के)\b|^(की|के)/u.test(text.slice(item.start, item.end))) {
          current.link = 'instead';
          current = undefined;
        } else link = 'instead';
      } else if (item.link === 'between') between = true;
      else if (item.link === 'from') link = undefined;
      else if (between && item.link === 'and' && current) {
        link = 'to';
        between = false;
      } else if (gap <= 2 && current) link = item.link === 'and' ? (link ?? undefined) : item.link;
      return;
    }
    if (item.k === 'zone') {
      if (current) current.zone = item.zone;
      else current = { ...open(item), zone: item.zone };
      return;
    }
    if (item.k === 'day') {
      const same =
        current?.day && gap === 0 && !link && !fix && !negate && !current.clock && !current.negated
          ? current
          : undefined;
      // "the 20th, which is a friday"
      if (
        current?.day &&
        !current.negated &&
        !fix &&
        link !== 'or' &&
        link !== 'to' &&
        isOneDay(current.day, item)
      ) {
        pair(current, item);
        return;
      }
      if (same?.day && (same.day.weekday !== undefined) !== (item.weekday !== undefined)) {
        pair(same, item);
        return;
      }
      const g = into(item, (c) => c.day || c.days || c.moment || c.now);
      g.day = item;
      if (item.other) g.rival = { ...item, day: item.other };
      if (item.part) g.part = item.part;
    } else if (item.k === 'days') {
      const g = into(item, (c) => c.day || c.days || c.moment || c.now);
      g.days = item;
      if (item.part) g.part = item.part;
    } else if (item.k === 'moment') into(item, (c) => c.day || c.days || c.moment || c.clock).moment = item;
    else if (item.k === 'time') {
      const g = into(item, (c) => c.clock || c.times || c.moment);
      g.clock = item.clock;
      g.bound = item.bound;
      g.weakTime = item.weak;
    } else if (item.k === 'times')
      into(item, (c) => c.clock || c.times || c.moment).times = {
        a: item.a,
        b: item.b,
        from: item.from,
      };
    else if (item.k === 'part')
      into(item, (c) => (c.part && c.part !== item.part) || c.moment).part = item.part;
    else if (item.k === 'now') into(item, (c) => c.day || c.moment || c.clock || c.part || c.days).now = true;
  });
  return groups;
}

/** Hindi "nahi" straight before a day denies what follows ("nahi kal nahi"). */
const negates = (items: Item[], at: number): boolean => {
  const next = items[at + 1];
  return next !== undefined && isTemporal(next);
};

/** A date stands behind, in the same clause. */
function isAhead(items: Item[], at: number): boolean {
  for (const item of items.slice(at + 1, at + 4)) {
    if (isTemporal(item)) return true;
    if (item.k === 'stop' || (item.k === 'link' && (item.link === 'fix' || item.link === 'and')))
      return false;
  }
  return false;
}

function isTemporal(item: Item): boolean {
  return ['day', 'days', 'moment', 'time', 'times', 'part'].includes(item.k);
}

type DayItem = Extract<Item, { k: 'day' }>;

/** A plain weekday and a date that falls on it. */
function isOneDay(a: DayItem, b: DayItem): boolean {
  const [named, dated] = a.weekday !== undefined ? [a, b] : [b, a];
  // "parso matlab wednesday"
  if (named.plain && dated.relative && dated.weekday === undefined && daysBetween(named.day, dated.day) === 0)
    return true;
  return (
    named.plain === true &&
    dated.weekday === undefined &&
    !dated.relative &&
    weekdayOf(dated.day) === named.weekday
  );
}

/** "Friday 13 March", "tomorrow, Friday": one day if they agree, else rivals. */
function pair(g: Group, item: Extract<Item, { k: 'day' }>): void {
  const first = g.day!;
  g.end = item.end;
  const [named, dated] = first.weekday !== undefined ? [first, item] : [item, first];
  const fits =
    new Date(Date.UTC(dated.day.y, dated.day.m - 1, dated.day.d)).getUTCDay() % 7 === named.weekday! % 7;
  g.day = dated;
  if (!fits) g.rival = named;
}
