/** Colleagues who take part beside whoever has the appointment: their calendars are looked at, and they are told. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import type { Form } from '../../../core/messaging.ts';
import { invalid } from '../../../core/validate.ts';
import { readableMoment } from '../../../core/zone.ts';
import { ruleByKey, tell } from '../../notifications/contract.ts';
import { findUsers } from '../../staff/contract.ts';
import { appointmentInvited, includeColleague, inviteColleagues, takePart } from '../contract.ts';
import { type AppointmentDocument, AppointmentModel } from '../model.ts';
import { judge, refuse } from '../slots.ts';
import { appointmentCard, titleOf, viewOf } from '../view.ts';
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
  what: 'You take part' | 'Moved' | 'Another place' | 'Cancelled' | 'You do not take part any more',
  ids = appointment.colleagueIds ?? [],
): Promise<void> {
  const { timezone, locale } = ctx.config.app.organisation;
  for (const userId of ids.filter((id) => id !== ctx.actor.id))
    await ctx.asSystem('appointments').run(tell, {
      userId,
      rule: 'appointment',
      title: `${what}: ${titleOf(viewOf(appointment))}`.slice(0, 200),
      text: `${readableMoment(appointment.startsAt, timezone, locale)}, ${appointment.minutes} min.${appointment.location ? ` ${appointment.location}.` : ''} By ${ctx.actor.name}.`,
      link: '/calendar',
      key: `appointment:${appointment._id}:${appointment.sequence ?? 0}:${what}:${userId}`,
      popup: true,
      urgent: true,
    });
}

/**
 * Whoever takes part, and of an appointment of our own whoever has it: what is with a client, its notice tells its
 * caller. The rule's switch for callers is theirs too.
 */
export async function remindColleagues(
  ctx: Context,
  { _id, leadId, assigneeId, colleagueIds = [], ...appointment }: AppointmentDocument,
  which: string,
): Promise<void> {
  const people = [...(leadId || !assigneeId ? [] : [assigneeId]), ...colleagueIds];
  if (!people.length) return;
  const { rule } = await ctx.once(`appointments.rule:${which}`, () => ctx.ask(ruleByKey, { key: which }));
  if (rule && !(rule.enabled && rule.to.caller)) return;
  const { timezone, locale } = ctx.config.app.organisation;
  const { startsAt, location } = appointment;
  for (const userId of people)
    await ctx.run(tell, {
      userId,
      rule: which,
      title: titleOf({ ...appointment, ...(leadId && { leadId }) }).slice(0, 200),
      text: [readableMoment(startsAt, timezone, locale), location].filter(Boolean).join(', '),
      link: '/calendar',
      key: `appointment:${_id}:${which}:${startsAt.toISOString()}${userId === assigneeId ? '' : `:${userId}`}`,
      popup: which === 'appointment-hour',
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

export const includeColleagueHandler = handles(
  includeColleague,
  async (ctx, { appointmentId, leadId, part, colleagueId }) => {
    const { _id, colleagueIds = [] } = appointmentId
      ? await reachOpen(ctx, appointmentId)
      : await nextOf(ctx, leadId);
    const others = colleagueIds.filter((id) => id !== colleagueId);
    const [colleague] = (await ctx.asSystem('appointments').ask(findUsers, { ids: [colleagueId] })).items;
    const name = colleague?.name ?? 'Your colleague';
    const changed = await ctx.run(inviteColleagues, {
      appointmentId: _id,
      colleagueIds: part === 'with' ? [...others, colleagueId] : others,
    });
    return { ...changed, said: `${name} ${part === 'with' ? 'takes part' : 'does not take part any more'}.` };
  },
  {
    present: ({ appointment, said }, at) => ({
      cards: [{ ...appointmentCard(appointment, at), text: said }],
      update: true,
    }),
    form: includeForm,
  },
);

/** @throws record.not_found where nothing is planned with it, or not for whoever asks */
async function nextOf(ctx: Context, leadId: string | undefined): Promise<AppointmentDocument> {
  if (!leadId) throw invalid('appointmentId', 'is needed, or the lead that it is with');
  const found = await AppointmentModel.findOne(
    all([
      { leadId, status: { $in: ['booked', 'confirmed'] }, startsAt: { $gt: ctx.now() } },
      ctx.scope('update', 'Appointment'),
    ]),
  )
    .sort({ startsAt: 1 })
    .lean();
  if (!found) throw new AppError('record.not_found', { kind: 'appointment', id: leadId });
  return found;
}

async function includeForm(ctx: Context, partial: Record<string, unknown>): Promise<Form> {
  const {
    _id,
    assigneeId,
    colleagueIds = [],
  } = partial.appointmentId
    ? await reachOpen(ctx, String(partial.appointmentId))
    : await nextOf(ctx, String(partial.leadId));
  const { items } = await ctx.asSystem('appointments').ask(findUsers, {});
  const without = partial.part === 'without';
  const people = items.filter(({ id }) => id !== assigneeId && colleagueIds.includes(id) === without);
  return {
    title: without ? 'Who does not take part' : 'Who takes part',
    command: includeColleague.name,
    fixed: { appointmentId: _id, part: without ? 'without' : 'with' },
    fields: [
      {
        name: 'colleagueId',
        label: 'Colleague',
        type: 'select',
        // As many as a choice in a chat takes; by name in a line anybody can be said.
        options: people.slice(0, 100).map(({ id, name }) => ({ label: name, value: id })),
      },
    ],
  };
}

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
