/** What an appointment is about, where it is and who comes from outside. */
import { handles } from '../../../core/define.ts';
import { appointmentUpdated, updateAppointment } from '../contract.ts';
import type { AppointmentDocument } from '../model.ts';
import { appointmentCard } from '../view.ts';
import { tellColleagues } from './colleagues.ts';
import { answer, nameOf, next, reachOpen, save } from './record.ts';

const fields = ['title', 'mode', 'location', 'agenda', 'participants'] as const;

export const updateAppointmentHandler = handles(
  updateAppointment,
  async (ctx, { appointmentId, ...input }) => {
    const before = await reachOpen(ctx, appointmentId);
    const given = Object.fromEntries(fields.flatMap((name) => (name in input ? [[name, input[name]]] : [])));
    // A meeting that gets its first place is no longer one on the line.
    const place = input.location && !before.location && !input.mode ? { mode: 'in-person' as const } : {};
    const wanted: Record<string, unknown> = { ...place, ...given };
    const old = Object.fromEntries(
      Object.keys(wanted).map((name) => [name, before[name as keyof AppointmentDocument] ?? null]),
    );
    const same = Object.entries(wanted).every(
      ([name, value]) => JSON.stringify(value ?? null) === JSON.stringify(old[name]),
    );
    if (same) return answer(before);
    const kept = Object.entries({ ...before, ...wanted }).filter(([, value]) => value !== null);
    const after = next(ctx, { assigneeId: null, ...Object.fromEntries(kept) } as AppointmentDocument);
    await save(after);
    if (input.location !== undefined && input.location !== (before.location ?? null))
      await tellColleagues(ctx, after, 'Another place');
    ctx.emit(
      appointmentUpdated,
      { appointmentId, gone: before.participants.filter((one) => !after.participants.includes(one)) },
      { kind: 'Appointment', id: appointmentId },
    );
    ctx.audit({
      kind: 'Appointment',
      id: appointmentId,
      before: old,
      after: wanted,
      text: `changed ${nameOf(before)}`,
      undo: { command: updateAppointment.name, input: { appointmentId, ...undoable(old) } },
    });
    return answer(after);
  },
  { present: ({ appointment }, at) => ({ cards: [appointmentCard(appointment, at)], update: true }) },
);

/** A title and a manner it always has: these are not taken away. */
const undoable = (old: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(old).filter(([name, value]) => value !== null || name === 'location' || name === 'agenda'),
  );
