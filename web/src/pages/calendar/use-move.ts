/** Dragging to another time is the command of whatever was dragged; refused, it springs back and says why. */
import type { CalendarItem } from '../../api/operations.ts';
import { moment } from '../../shared/time.ts';
import { useAct } from '../../shared/use-act.ts';

export function useMove() {
  const appointment = useAct('appointment.reschedule', ({ startsAt }) => `Moved to ${moment(startsAt)}.`);
  const task = useAct('task.update', 'Moved.');
  const followUp = useAct('followup.set', ({ followUp: { at } }) => `Follow-up moved to ${moment(at)}.`);
  const reminder = useAct('reminder.update', 'Moved.');

  return async (item: CalendarItem, { startsAt, minutes }: { startsAt: string; minutes?: number }) => {
    const { recordId } = item;
    switch (item.kind) {
      case 'appointment':
        return appointment.act({ appointmentId: recordId, startsAt, ...(minutes && { minutes }) });
      case 'task':
        return task.act({
          taskId: recordId,
          dueAt: startsAt,
          // One that had no length of its own gets none by being moved.
          ...(minutes && minutes !== lengthOf(item) && { minutes }),
        });
      case 'followUp':
        return followUp.act({
          leadId: item.leadId ?? '',
          at: startsAt,
          ...(item.note && { note: item.note }),
        });
      default:
        return reminder.act({ reminderId: recordId, at: startsAt });
    }
  };
}

const lengthOf = ({ startsAt, endsAt }: CalendarItem): number =>
  (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000;
