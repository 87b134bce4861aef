import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../core/config.ts';
import { ledger, ledgerDays } from '../domain/conversations/contract.ts';
import { fillKept } from '../domain/settings/kept.ts';
import { withBus } from './bus.ts';

/** What has come in, counted: what yesterday was proved with, and today so far. Fills in what the console has set, too. */
export async function ledgerFinding(config: Config): Promise<['✓' | '–' | '✗', string]> {
  const { env, dataDir } = config;
  // Looking must not make a store where there is none.
  if (!env.MONGODB_URI && !existsSync(resolve(dataDir, 'store')))
    return ['–', 'nothing missed: no message has come in yet'];
  const { today, last } = await withBus(async (bus, caller) => {
    await fillKept(config);
    return {
      today: await bus.query(ledger, {}, caller),
      last: (await bus.query(ledgerDays, { limit: 1 }, caller)).items[0],
    };
  });
  const days = last ? [last, today] : [today];
  const wrong = days.some(({ difference }) => difference !== 0);
  const open = days.some(({ dead }) => dead > 0);
  return [wrong ? '✗' : open ? '–' : '✓', `nothing missed: ${days.map(words).join('; ')}`];
}

type Day = {
  day: string;
  inbound: number;
  recorded: number;
  dead: number;
  waiting: number;
  difference: number;
};

function words({ day, inbound, recorded, dead, waiting, difference }: Day): string {
  const parts = [
    `${recorded} recorded`,
    `${dead} dead-lettered`,
    ...(waiting ? [`${waiting} being handled`] : []),
    ...(difference ? [`${difference} MISSING: see “Nothing missed” in the console`] : []),
  ];
  return `${day}: ${inbound} in = ${parts.join(' + ')}`;
}
