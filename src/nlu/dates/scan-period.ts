import { isBoundary } from './boundary.ts';
import { addDays, addMonths, daysIn, weekdayOf } from './calendar.ts';
import type { ScanOptions } from './items.ts';
import type { Found } from './scan.ts';
import { readCalendarDay } from './scan-day.ts';
import type { Token } from './tokens.ts';

/** "next week", "this month", "weekend", "month end". */
export function readPeriod(tokens: Token[], i: number, options: ScanOptions): Found {
  const { now } = options;
  const c = (at: number) => tokens[at]?.c;
  const today = { y: now.y, m: now.m, d: now.d };
  const monday = addDays(today, 1 - weekdayOf(today));
  if (c(i) === 'EOM') {
    const month = c(i + 1) === 'NEXT' ? addMonths({ ...today, d: 1 }, 1) : today;
    return {
      item: { k: 'day', day: { ...month, d: daysIn(month.y, month.m) }, relative: true },
      next: i + 1,
    };
  }
  if (tokens[i]!.raw === 'same day' && c(i + 1) === 'NEXT' && c(i + 2) === 'WEEK')
    return { item: { k: 'day', day: addDays(today, 7), relative: true }, next: i + 3 };
  // "end of next week", "end of next month"
  if (
    /^(end|ende|fin)$/.test(tokens[i]!.raw) &&
    /^(of|de|der|des)$/.test(tokens[i + 1]?.raw ?? '') &&
    c(i + 2) === 'NEXT'
  ) {
    if (c(i + 3) === 'WEEK')
      return { item: { k: 'day', day: addDays(monday, 11), relative: true }, next: i + 4 };
    if (c(i + 3) === 'MONTH') {
      const next = addMonths({ ...today, d: 1 }, 1);
      return { item: { k: 'day', day: { ...next, d: daysIn(next.y, next.m) }, relative: true }, next: i + 4 };
    }
  }
  // "mid october", "anfang juli": which day has to be asked
  if (
    /^(mid|middle|mitte|mediados|milieu|mi|early|late|beginning|start|anfang|debut|principios|comienzos)$/.test(
      tokens[i]!.raw,
    )
  ) {
    let k = i + 1;
    while (/^(of|de|du|des|the|-)$/.test(tokens[k]?.raw ?? '')) k++;
    if (/^(M\d+|MONTH)$/.test(c(k) ?? '')) return { item: { k: 'bad', problem: 'unclear' }, next: k + 1 };
  }
  // "july end", "august first week"
  const monthFirst = Number(c(i)?.match(/^M(\d+)$/)?.[1]);
  if (monthFirst) {
    const k = /^(ke|ka|के|का)$/.test(tokens[i + 1]?.raw ?? '') ? i + 2 : i + 1;
    const y = monthFirst < now.m ? now.y + 1 : now.y;
    const last = daysIn(y, monthFirst);
    if (/^(end|ending|ant|aakhir|akhir|अंत|आखिर)$/.test(tokens[k]?.raw ?? '') && isBoundary(tokens[k + 1]))
      return { item: { k: 'day', day: { y, m: monthFirst, d: last }, relative: true }, next: k + 1 };
    const nth = NTH[tokens[k]?.raw ?? ''] ?? HINDI_NTH[tokens[k]?.raw ?? ''];
    const named = Number(c(k + 1)?.match(/^W(\d)$/)?.[1]);
    if (nth && named) {
      const start = ((named - weekdayOf({ y, m: monthFirst, d: 1 }) + 7) % 7) + 1;
      const d = nth > 0 ? start + 7 * (nth - 1) : start + 7 * Math.floor((last - start) / 7);
      if (d <= last) return { item: { k: 'day', day: { y, m: monthFirst, d }, relative: true }, next: k + 2 };
    }
    if (nth && c(k + 1) === 'WEEK') {
      const from = { y, m: monthFirst, d: nth > 0 ? 7 * nth - 6 : last - 6 };
      return { item: { k: 'days', from, to: { ...from, d: from.d + 6 } }, next: k + 2 };
    }
  }
  // "agle do din": days to choose from
  if (
    c(i) === 'NEXT' &&
    tokens[i + 1]?.n !== undefined &&
    (c(i + 2) === 'DAY' || c(i + 2) === 'WEEK') &&
    c(i + 3) !== 'LATER'
  ) {
    const n = tokens[i + 1]!.n! * (c(i + 2) === 'WEEK' ? 7 : 1);
    if (n < 100) return { item: { k: 'days', from: today, to: addDays(today, n) }, next: i + 3 };
  }
  // "every monday", "har somvar": which one has to be asked
  if (c(i) === 'EVERY' && /^(W\d|DAY|WEEK|WEEKEND)$/.test(c(i + 1) ?? ''))
    return { item: { k: 'bad', problem: 'unclear' }, next: i + 2 };
  // "end of march"
  const ended =
    /^(end|ende|fin|finales)$/.test(tokens[i]!.raw) && tokens[i + 1]
      ? /^(of|de|du|des)$/.test(tokens[i + 1]!.raw)
        ? i + 2
        : i + 1
      : 0;
  const month = ended ? Number(tokens[ended]?.c.match(/^M(\d+)$/)?.[1]) : 0;
  if (month) {
    const y = month < now.m ? now.y + 1 : now.y;
    return { item: { k: 'day', day: { y, m: month, d: daysIn(y, month) }, relative: true }, next: ended + 1 };
  }
  if (c(i) === 'EOW') return { item: { k: 'day', day: addDays(monday, 4), relative: true }, next: i + 1 };
  if (c(i) === 'EOD') return { item: { k: 'part', part: 'evening' }, next: i + 1 };
  let steps: number | undefined;
  let k = i;
  if (c(k) === 'NEXT2') steps = 2;
  else if (c(k) === 'NEXT') steps = 1;
  else if (c(k) === 'THIS' || c(k) === 'COMING') steps = 0;
  else if (c(k) === 'LAST') steps = -1;
  if (steps !== undefined) k++;
  if (steps !== undefined && c(k) === 'EOM') {
    const month = addMonths({ ...today, d: 1 }, steps);
    return {
      item: { k: 'day', day: { ...month, d: daysIn(month.y, month.m) }, relative: true },
      next: k + 1,
    };
  }
  // "next month 1st week"
  const inMonth = steps !== undefined && c(k) === 'MONTH' ? NTH[tokens[k + 1]?.raw ?? ''] : undefined;
  const suffixed = inMonth && /^(st|nd|rd|th)$/.test(tokens[k + 2]?.raw ?? '') ? k + 3 : k + 2;
  if (inMonth && c(suffixed) === 'WEEK') {
    const first = addMonths({ ...today, d: 1 }, steps!);
    const from = { ...first, d: inMonth > 0 ? 7 * inMonth - 6 : daysIn(first.y, first.m) - 6 };
    return { item: { k: 'days', from, to: { ...from, d: from.d + 6 } }, next: suffixed + 1 };
  }
  // "week after next", but not "the week after next, on monday"
  if (k > i && tokens[i]!.raw === 'week after next' && !/^W\d$/.test(c(k) ?? ''))
    return { item: { k: 'days', from: addDays(monday, 14), to: addDays(monday, 20) }, next: k };
  if (c(k) === 'WEEKEND') {
    const later =
      c(k + 1) === 'NEXT' && /^(que viene|proximo|prochain|siguiente|suivant)$/.test(tokens[k + 1]!.raw);
    const saturday = addDays(monday, 5 + 7 * Math.max(later ? 1 : (steps ?? 0), -1));
    return {
      item: { k: 'days', from: saturday, to: addDays(saturday, 1), part: 'weekend' },
      next: k + (later ? 2 : 1),
    };
  }
  if (
    c(k) === 'MONTH' &&
    c(k + 1) === 'NEXT' &&
    /^(que viene|proximo|siguiente|prochain|suivant)$/.test(tokens[k + 1]!.raw)
  ) {
    const first = addMonths({ ...today, d: 1 }, 1);
    return {
      item: { k: 'days', from: first, to: { ...first, d: daysIn(first.y, first.m) }, month: true },
      next: k + 2,
    };
  }
  // "week of 23rd march", "woche vom 23. märz"
  if (
    c(k) === 'WEEK' &&
    /^(of|starting|beginning|commencing|from|vom|del|du)$/.test(tokens[k + 1]?.raw ?? '')
  ) {
    const at = tokens[k + 2]?.raw === 'the' ? k + 3 : k + 2;
    // "la semaine du 19"
    const bare = tokens[at]?.n;
    if (bare && bare < 32 && isBoundary(tokens[at + 1]) && !/^(M\d+|\.)$/.test(c(at + 1) ?? '')) {
      const { y, m } = bare >= now.d ? now : addMonths({ ...today, d: 1 }, 1);
      if (bare <= daysIn(y, m)) {
        const start = addDays({ y, m, d: bare }, 1 - weekdayOf({ y, m, d: bare }));
        return { item: { k: 'days', from: start, to: addDays(start, 6) }, next: at + 1 };
      }
    }
    const day = tokens[at] && readCalendarDay(tokens, at, options, []);
    if (day?.item.k === 'day') {
      const start = addDays(day.item.day, 1 - weekdayOf(day.item.day));
      return { item: { k: 'days', from: start, to: addDays(start, 6) }, next: day.next };
    }
  }
  if (c(k) === 'WEEK' && c(k + 1) === 'NEXT')
    return { item: { k: 'days', from: addDays(monday, 7), to: addDays(monday, 13) }, next: k + 2 };
  if (steps === undefined) return;
  if (c(k) === 'WEEK') {
    // "coming week" is the one that has not begun
    const ahead = steps === 0 && c(k - 1) === 'COMING' ? 1 : steps;
    const weekday = weekdayAfter(tokens, k + 1);
    if (weekday)
      return {
        item: { k: 'day', day: addDays(monday, 7 * ahead + weekday[0] - 1), relative: true },
        next: weekday[1],
      };
    if (hindiPart(tokens, k + 1)?.nth === 0)
      return { item: { k: 'day', day: addDays(monday, 7 * ahead + 4), relative: true }, next: k + 3 };
    const from = addDays(monday, 7 * ahead);
    return { item: { k: 'days', from: ahead === 0 ? today : from, to: addDays(from, 6) }, next: k + 1 };
  }
  if (c(k) === 'MONTH') {
    const first = addMonths({ ...today, d: 1 }, steps === 0 && c(k - 1) === 'COMING' ? 1 : steps);
    // "next month 5th", "agle mahine ki 5 tarikh"
    const at = ['ki', 'ke', 'ka', 'की', 'के', 'on', 'the'].includes(tokens[k + 1]?.raw ?? '') ? k + 2 : k + 1;
    const n = tokens[at];
    const marked = ['st', 'nd', 'rd', 'th', 'tarikh', 'tareekh', 'तारीख', 'ko', 'को'].includes(
      tokens[at + 1]?.raw ?? '',
    );
    if (n?.c === 'NUM' && marked && n.n! >= 1 && n.n! <= daysIn(first.y, first.m))
      return { item: { k: 'day', day: { ...first, d: n.n! }, relative: true }, next: at + 2 };
    const within = hindiPart(tokens, k + 1);
    if (within?.nth === 0)
      return {
        item: { k: 'day', day: { ...first, d: daysIn(first.y, first.m) }, relative: true },
        next: within.next,
      };
    if (within) {
      const from = { ...first, d: 7 * within.nth - 6 };
      return { item: { k: 'days', from, to: { ...from, d: from.d + 6 } }, next: within.next };
    }
    return {
      item: { k: 'days', from: first, to: { ...first, d: daysIn(first.y, first.m) }, month: true },
      next: k + 1,
    };
  }
}

const HINDI_NTH: Record<string, number> = {
  pehle: 1,
  pahle: 1,
  पहले: 1,
  dusre: 2,
  doosre: 2,
  दूसरे: 2,
  tisre: 3,
  teesre: 3,
  तीसरे: 3,
};

/** "(agle mahine) ke pehle hafte", "ke end me": which week of it, 0 for its end. */
function hindiPart(tokens: Token[], at: number): { nth: number; next: number } | undefined {
  if (!/^(ke|ka|के|का)$/.test(tokens[at]?.raw ?? '')) return;
  const word = tokens[at + 1]?.raw ?? '';
  if (/^(end|ant|aakhir|akhir|अंत|आखिर)$/.test(word)) return { nth: 0, next: at + 2 };
  const nth = HINDI_NTH[word];
  return nth && tokens[at + 2]?.c === 'WEEK' ? { nth, next: at + 3 } : undefined;
}

const NTH: Record<string, number> = {
  first: 1,
  '1': 1,
  second: 2,
  '2': 2,
  third: 3,
  '3': 3,
  fourth: 4,
  '4': 4,
  last: -1,
  erste: 1,
  zweite: 2,
  dritte: 3,
  letzte: -1,
  primera: 1,
  primer: 1,
  segunda: 2,
  tercera: 3,
  ultima: -1,
  ultimo: -1,
  premiere: 1,
  premier: 1,
  deuxieme: 2,
  derniere: -1,
  dernier: -1,
};

/** "last friday of march", "2nd saturday of next month". */
export function readNthWeekday(tokens: Token[], i: number, { now }: ScanOptions): Found {
  const nth = NTH[tokens[i]!.raw];
  if (!nth) return;
  let k = i + 1;
  if (['st', 'nd', 'rd', 'th'].includes(tokens[k]?.raw ?? '') && tokens[k]!.glued) k++;
  const weekday = Number(tokens[k]?.c.match(/^W(\d)$/)?.[1]);
  const week = tokens[k]?.c === 'WEEK';
  const day = tokens[k]?.raw === 'day' && nth === -1;
  if (!weekday && !week && !day) return;
  k++;
  if (!/^(of|in|im|de|du|del|des)$/.test(tokens[k]?.raw ?? '')) return;
  k++;
  if (tokens[k]?.raw === 'the') k++;
  const named = Number(tokens[k]?.c.match(/^M(\d+)$/)?.[1]);
  const next = tokens[k]?.c === 'NEXT' && tokens[k + 1]?.c === 'MONTH';
  const same = tokens[k]?.c === 'MONTH' || (tokens[k]?.c === 'THIS' && tokens[k + 1]?.c === 'MONTH');
  if (!named && !next && !same) return;
  const first = named
    ? { y: named < now.m ? now.y + 1 : now.y, m: named, d: 1 }
    : addMonths({ y: now.y, m: now.m, d: 1 }, next ? 1 : 0);
  const length = daysIn(first.y, first.m);
  const next2 = k + (named || tokens[k]?.c === 'MONTH' ? 1 : 2);
  if (day) return { item: { k: 'day', day: { ...first, d: length }, relative: true }, next: next2 };
  if (week) {
    const from = nth > 0 ? 7 * (nth - 1) + 1 : length - 6;
    const to = nth > 0 ? Math.min(from + 6, length) : length;
    return { item: { k: 'days', from: { ...first, d: from }, to: { ...first, d: to } }, next: next2 };
  }
  const start = ((weekday - weekdayOf(first) + 7) % 7) + 1;
  const d = nth > 0 ? start + 7 * (nth - 1) : start + 7 * Math.floor((length - start) / 7);
  if (d > length) return;
  return {
    item: { k: 'day', day: { ...first, d }, relative: true },
    next: next2,
  };
}

function weekdayAfter(tokens: Token[], at: number): [number, number] | undefined {
  for (let k = at; k <= at + 1 && k < tokens.length; k++) {
    const c = tokens[k]!.c;
    if (/^W\d$/.test(c)) return [Number(c[1]), k + 1];
    if (!['ON', 'TO', 'ka', ','].includes(c) && !['ke', 'ka', 'ki', 'me', 'mein'].includes(tokens[k]!.raw))
      return;
  }
}
