/** Taking back that an appointment was confirmed or ended: the lead, the reminders and the calendars go back with it. */
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import { appointmentRestored, restoreAppointment } from '../contract.ts';
import { type AppointmentDocument, AppointmentModel } from '../model.ts';
import { judge, refuse } from '../slots.ts';
import { schedule } from '../timers.ts';
import { appointmentCard } from '../view.ts';
import { lockCalendar } from './book.ts';
import { answer, nameOf, next, note, onLead, save, told } from './record.ts';

export const restoreAppointmentHandler = handles(
  restoreAppointment,
  async (ctx, { appointmentId, status }) => {
    const before = await AppointmentModel.findOne(
      all([{ _id: appointmentId }, ctx.scope('update', 'Appointment')]),
    ).lean();
    if (!before) throw new AppError('record.not_found', { kind: 'appointment', id: appointmentId });
    if (before.status === status) return answer(before);
    const isToCome = before.startsAt > ctx.now();
    const hadEnded = before.status !== 'booked' && before.status !== 'confirmed';
    // Somebody else may have the time by now.
    if (isToCome && hadEnded) {
      if (before.assigneeId) await lockCalendar(before.assigneeId);
      const others = before.colleagueIds ?? [];
      for (const id of others) await lockCalendar(id);
      const judgement = await judge(ctx, {
        at: before.startsAt,
        minutes: before.minutes,
        others,
        except: { appointmentId },
        ...(before.assigneeId && { assigneeId: before.assigneeId }),
      });
      if (judgement.reason === 'taken') refuse(ctx, before.startsAt, judgement);
    }
    const { ended, moved, reason: _, ...rest } = before;
    const undone = hadEnded ? ended : moved;
    await onLead(ctx, before, {
      ...(isToCome && { demoAt: before.startsAt.toISOString() }),
      ...(undone && { back: { from: undone.to, to: undone.from } }),
    });
    const after: AppointmentDocument = next(ctx, { ...rest, status, ...(hadEnded && moved && { moved }) });
    await save(after);
    await schedule(ctx, after);
    await note(ctx, after, status === 'confirmed' ? 'confirmed again' : 'booked again');
    ctx.emit(appointmentRestored, told(after), { kind: 'Appointment', id: appointmentId });
    ctx.audit({
      kind: 'Appointment',
      id: appointmentId,
      before: { status: before.status },
      after: { status },
      text: `took back that ${nameOf(before)} was ${before.status}`,
    });
    return answer(after);
  },
  { present: ({ appointment }, at) => ({ cards: [appointmentCard(appointment, at)], update: true }) },
);
