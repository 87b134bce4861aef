import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { TimerModel } from '../../../core/timers.ts';
import { tell } from '../../notifications/contract.ts';
import { actorFor, findUsers } from '../../staff/contract.ts';
import { sheetText } from '../chat.ts';
import { reportSent, sendReport } from '../contract.ts';
import { draw, freeze } from '../draw.ts';
import { reportFiles } from '../files.ts';
import { findReport, reportsFor } from '../find.ts';
import { ReportRunModel } from '../model.ts';
import { plan, timerOf } from '../schedule.ts';

/** To each person of its roles, with what that person may see; the next time is planned in the same transaction. */
export const sendReportHandler = (catalogue: () => Catalogue) =>
  handles(sendReport, async (ctx, { key, at }) => {
    const report = await findReport(ctx, key).catch(() => undefined);
    if (!report?.send) return { sent: 0 };
    const due = new Date(at);
    await plan(ctx, key, report.send, ctx.now() > due ? ctx.now() : due);
    const { items: people } = await ctx.ask(findUsers, { roles: report.send.to });
    let sent = 0;
    for (const { id: userId } of people) {
      const once = `report:${key}:${at}:${userId}`;
      const { actor } = await ctx.ask(actorFor, { userId });
      if (!actor || (await ReportRunModel.exists({ sent: once }))) continue;
      const reader = ctx.as(actor);
      if (!reader.can('read', 'Report')) continue;
      // Of the moment it was due: late by an hour or a night, it is still that day's report.
      const drawn = await draw(reader, catalogue().datasets, { spec: report.spec, title: report.title }, due);
      const runId = await freeze(reader, drawn, once);
      await ctx.run(tell, {
        userId,
        rule: 'report',
        title: drawn.sheet.title,
        text: sheetText(drawn.sheet),
        link: `/reports/${key}?run=${runId}`,
        key: once,
        media: reportFiles(runId, drawn.sheet, drawn.chart !== undefined),
        mail: true,
        // Somebody chose its time.
        urgent: true,
      });
      ctx.emit(reportSent, { key, runId, userId }, { kind: 'Report', id: key });
      sent++;
    }
    return { sent };
  });

/** As a worker starts: every report that is to go out has its timer; one that fell due while nothing ran keeps it. */
export async function planAll(ctx: Context): Promise<void> {
  for (const { key, send } of await reportsFor(ctx))
    if (send && !(await TimerModel.exists({ _id: timerOf(key) }))) await plan(ctx, key, send);
}
