import { DateTime } from 'luxon';
import { defineJob } from '../../core/define.ts';
import { ledger } from './contract.ts';
import { LedgerModel } from './model/ledger.ts';

/** The daily proof count: inbound = recorded + dead letters, kept for each day that has ended. */
export const proveLedger = defineJob({
  name: 'ledger.prove',
  summary: 'Count yesterday’s messages: each ended in a record or a dead letter',
  every: '10 0 * * *',
  run: async (ctx) => {
    const { timezone: zone } = ctx.config.app.organisation;
    const day = DateTime.fromJSDate(ctx.now(), { zone }).minus({ days: 1 }).toISODate()!;
    const { day: _id, missing, ...count } = await ctx.ask(ledger, { day });
    await LedgerModel.updateOne({ _id }, { $set: { ...count, provedAt: ctx.now() } }, { upsert: true });
    if (count.difference || count.dead)
      ctx.log.error({ day, ...count, missing }, 'the ledger of the day shows messages that became no record');
  },
});
