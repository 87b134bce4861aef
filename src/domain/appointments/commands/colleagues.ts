/** Colleagues who take part beside whoever has the appointment: their calendars are looked at, and they are told. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { readableMoment } from '../../../core/zone.ts';
import { tell } from '../../notifications/contract.ts';
import { findUsers } from '../../staff/contract.ts';
import { appointmentInvited, inviteColleagues, takePart } from '../contract.ts';
import { type AppointmentDocument, AppointmentModel } from '../model.ts';
import { judge, refuse } from '../slots.ts';
import { titleOf, viewOf } from '../view.ts';
import { lockCalendar } from './book.ts';
import { answer, nameOf, next, reachOpen, save } from './record.ts';

/** Each once, without the owner, their calendars held. @throws record.not_found for whoever is no colleague */
export async function takingPart(ctx: Context, ids: string[], ownerId?: string | null): Promise<string[]> {
  const wanted = [...new Set(ids)].filter((id) => id !== ownerId).sort();
  if (!wanted.length) return [];
  const { items } = await ctx.asSystem('appointments').ask(findUsers, { ids: wanted });
  const known = new Set(items.map(({ id }) => id));
  for (const id of wanted)
    if (!known.has(id)) throw new AppError('record.not_found', { kind: 'colleague', id });
  for (const id of wanted) await lockCalendar(id);
  return wanted;
}

/** Never whoever did it: they know. `what` is told once for each state of the appointment. */
export async function tellColleagues(
  ctx: Context,
  appointment: AppointmentDocument,
  what: 'You take part' | 'Moved' | 'Cancelled' | 'You do not take part any more',
  ids = appointment.colleagueIds ?? [],
): Promise<void> {
  const { timezone, locale } = ctx.config.app.organisation;
  for (const userId of ids.filter((id) => id !== ctx.actor.id))
    await ctx.asSystem('appointments').run(tell, {
      userId,
      rule: 'appointment',
      title: `${what}: ${titleOf(viewOf(appointment))}`.slice(0, 200),
      text: `${readableMoment(appointment.startsAt, timezone, locale)}, ${appointment.minutes} min. By ${ctx.actor.name}.`,
      link: '/calendar',
      key: `appointment:${appointment._id}:${appointment.sequence ?? 0}:${what}:${userId}`,
      popup: true,
      urgent: true,
    });
}

export const inviteColleaguesHandler = handles(
  inviteColleagues,
  async (ctx, { appointmentId, colleagueIds }) => {
    const before = await reachOpen(ctx, appointmentId);
    const had = before.colleagueIds ?? [];
    const wanted = await takingPart(ctx, colleagueIds, before.assigneeId);
    const added = wanted.filter((id) => !had.includes(id));
    const gone = had.filter((id) => !wanted.includes(id));
    if (!added.length && !gone.length) return answer(before);
    if (added.length) {
      const judgement = await judge(ctx, {
        at: before.startsAt,
        minutes: before.minutes,
        others: added,
        except: { appointmentId },
        ...(before.assigneeId && { assigneeId: before.assigneeId }),
      });
      if (judgement.reason === 'taken') refuse(ctx, before.startsAt, judgement);
    }
    const after = next(ctx, { ...before, colleagueIds: wanted });
    await save(after);
    await tellColleagues(ctx, after, 'You take part', added);
    await tellColleagues(ctx, after, 'You do not take part any more', gone);
    ctx.emit(appointmentInvited, { appointmentId }, { kind: 'Appointment', id: appointmentId });
    ctx.audit({
      kind: 'Appointment',
      id: appointmentId,
      before: { colleagueIds: had },
      after: { colleagueIds: wanted },
      text: `changed who takes part in ${nameOf(before)}`,
      undo: { command: inviteColleagues.name, input: { appointmentId, colleagueIds: had } },
    });
    return answer(after);
  },
);

/** What it is and when, not the records behind it: those keep their own rights. */
export const takePartHandler = handles(takePart, async (ctx, { from, to }) => {
  const rows = await AppointmentModel.find({
    colleagueIds: ctx.actor.id,
    startsAt: { $gte: new Date(from), $lt: new Date(to) },
  })
    .sort({ startsAt: 1, _id: 1 })
    .limit(500)
    .lean();
  const { items: owners } = await ctx.asSystem('appointments').ask(findUsers, {
    ids: [...new Set(rows.flatMap(({ assigneeId }) => assigneeId ?? []))],
    activeOnly: false,
  });
  const names = new Map(owners.map(({ id, name }) => [id, name]));
  return {
    items: rows.map((row) => {
      const view = viewOf(row);
      const { id, kind, status, statusLabel, startsAt, minutes, mode, location, agenda } = view;
      const name = row.assigneeId && names.get(row.assigneeId);
      return {
        ...{ id, kind, status, statusLabel, startsAt, minutes, mode, title: titleOf(view) },
        ...(location && { location }),
        ...(agenda && { agenda }),
        ...(row.assigneeId && name && { owner: { id: row.assigneeId, name } }),
      };
    }),
  };
});
