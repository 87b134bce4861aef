import { clean } from '../text.ts';
import type { DateReading } from '../types.ts';
import { type Wall, wallAt } from './calendar.ts';
import { choose } from './choose.ts';
import { readByChrono } from './chrono.ts';
import { type Hours, USUAL_HOURS } from './clock.ts';
import { type Group, group } from './groups.ts';
import type { Item } from './items.ts';
import { isLeftOver } from './leftover.ts';
import { orderIn } from './order.ts';
import { kalMeansYesterday, overDays } from './past.ts';
import { none, type Setting } from './resolve.ts';
import { scan } from './scan.ts';
import { type Token, tokenise } from './tokens.ts';

export type DateOptions = {
  now: Date;
  /** IANA name of the customer's zone. */
  timezone: string;
  /** Which number stands first in 05/04; as the zone writes it by default. */
  order?: 'dmy' | 'mdy';
  /** A date or time was asked for: bare numbers and short names count. */
  expecting?: boolean;
  /** The appointment that stands ('YYYY-MM-DDTHH:mm'): "one hour later" is counted from it. */
  agreed?: string;
  /** Hours in which a bare "5" is thinkable, whole hours; 8 to 20 by default. */
  hours?: Hours;
};

/** Reads the date and time a text agrees on; never throws, never moves a past date. */
export function readDate(input: string, options: DateOptions): DateReading {
  const text = clean(input);
  const now = wallAt(options.now, options.timezone);
  const setting: Setting = {
    now,
    today: { y: now.y, m: now.m, d: now.d },
    zone: options.timezone,
    hours: options.hours ?? USUAL_HOURS,
  };
  const tokens = tokenise(text);
  const expecting = options.expecting ?? false;
  const items = scan(tokens, {
    now,
    zone: options.timezone,
    agreed: wallFrom(options.agreed),
    order: options.order ?? orderIn(options.timezone),
    expecting,
  });
  const lower = text.toLowerCase();
  kalMeansYesterday(items, tokens, setting);
  overDays(items, tokens, lower, setting);
  const groups = group(items, lower).filter((g) => isMeant(g, tokens, items, expecting));
  const wrong = items.findLast((item) => item.k === 'bad');
  const mended = groups.filter(
    (g) => wrong && g.start > wrong.end && (g.day || g.days) && (g.fix || g.link === 'or'),
  );
  if (
    wrong &&
    mended.length === 0 &&
    !(wrong.problem === 'unclear' && !wrong.sure && groups.some((g) => g.day || g.days))
  )
    return { ...none(), problem: wrong.problem, text: text.slice(wrong.start, wrong.end) };
  if (groups.length === 0) return readByChrono(tokens, text, now) ?? none();
  const reading = choose(groups, setting, lower);
  if (isCertain(reading) && isLeftOver(tokens, items))
    return {
      ...none(),
      problem: 'unclear',
      text: text.slice(groups[0]!.start, groups.at(-1)!.end),
    };
  return { ...reading, text: reading.text || text.slice(groups[0]!.start, groups.at(-1)!.end) };
}

const isCertain = ({ kind }: DateReading): boolean => kind !== 'none' && kind !== 'ambiguous';

function wallFrom(local: string | undefined): Wall | undefined {
  const [, y, m, d, h, mi] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(local ?? '')?.map(Number) ?? [];
  return y === undefined ? undefined : { y, m: m!, d: d!, h: h!, mi: mi! };
}

/** Everyday words that look like a date count only in company. */
function isMeant(g: Group, tokens: Token[], items: Item[], expecting: boolean): boolean {
  if (expecting) return true;
  const timed = g.clock || g.times || g.part;
  const short = tokens.length <= 3;
  if (g.day?.weak && !timed && !g.rival && !short)
    return (
      isInList(g.day, items) ||
      items.some((i) => i.k === 'link' && ['or', 'to', 'instead', 'fix', 'not', 'between'].includes(i.link))
    );
  if (g.now) return tokens.length <= 6 && !tokens.some((t) => /^(waiting|since|still)$/.test(t.raw));
  if (g.times && !g.day && !g.days && tokens.some((t) => OPENING.test(t.raw))) return false;
  const partOnly = g.part && !g.day && !g.days && !g.clock && !g.times;
  if (partOnly && tokens.some((t) => /^(kitn[aei]|कितन[ाेी])$/.test(t.raw))) return false;
  if (partOnly) return tokens.length <= 4 || g.end >= tokens.at(-1)!.end;
  return Boolean(timed || g.day || g.days || g.moment);
}

/** "mon wed fri": days beside each other are meant as days. */
function isInList(day: NonNullable<Group['day']>, items: Item[]): boolean {
  const at = items.indexOf(day);
  return [-1, 1].some((step) => {
    const next = items[at + step]?.k === 'link' ? items[at + 2 * step] : items[at + step];
    return next?.k === 'day' && next.weekday !== undefined;
  });
}

/** "open from 10 to 7" asks about the office's hours. */
const OPENING =
  /^(open|opens|opening|close|closes|timing|timings|shift|shifts|khula|khulta|khulte|khuli|office hours|working hours|खुला|खुलता|खुलते)$/;
