import { type Day, daysBetween } from './calendar.ts';
import type { ScanOptions } from './items.ts';
import type { Found } from './scan.ts';
import type { Token } from './tokens.ts';

const GOODS =
  /^(offers?|sales?|discounts?|gifts?|gifting|hampers?|wishes|greetings|bonus|collection|special|dhamaka|stock|ki|ka|mubarak|card|cards|tree|cake|decoration|lights?)$/;
const WISHED = /^(happy|merry|shubh|frohe|feliz|joyeux|bonne|wish|wishing|for|eid|ke)$/;

/** "after Diwali", "zu Ostern": a day that has to be asked for; Christmas is a day like another. */
export function readFeast(tokens: Token[], i: number, { now, expecting }: ScanOptions): Found {
  const led =
    ['AFTER', 'BEFORE', 'ON', 'IN', 'AT'].includes(tokens[i]!.c) ||
    /^(zu|an|a|post|pre)$/.test(tokens[i]!.raw);
  const at = led && tokens[i + 1]?.c.startsWith('FEAST') ? i + 1 : i;
  const feast = tokens[at]!.c;
  if (!feast.startsWith('FEAST')) return;
  const before = tokens[i - 1];
  const after = tokens[at + 1];
  const trailed =
    after &&
    (['LATER', 'AGO', 'WEEKEND', 'WEEK'].includes(after.c) || /^(pe|par|ko|tak|पर|को|time)$/.test(after.raw));
  const timed = after && (/^(NUM|AT|P:.*)$/.test(after.c) || /^um$/.test(after.raw));
  const meant =
    at > i ||
    timed ||
    trailed ||
    expecting ||
    tokens.length <= 2 ||
    ['from', 'until'].includes(before?.raw ?? '');
  if (!meant || GOODS.test(after?.raw ?? '') || (before && WISHED.test(before.raw) && !trailed))
    return { item: { k: 'word' }, next: at + 1 };
  const [m, d] = feast.slice(6).split('-').map(Number);
  const near = at > i && (tokens[i]!.c === 'AFTER' || tokens[i]!.c === 'BEFORE');
  if (!m || !d || near || (trailed && after.c === 'LATER'))
    return { item: { k: 'bad', problem: 'unclear' }, next: at + (after?.c === 'WEEKEND' ? 2 : 1) };
  const day: Day = { y: now.y, m, d };
  return {
    item: { k: 'day', day: daysBetween(now, day) < 0 ? { ...day, y: now.y + 1 } : day },
    next: at + 1,
  };
}
