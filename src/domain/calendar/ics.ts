/** Appointments as RFC 5545 and 5546 have them. Times are UTC instants, which every calendar shows in its reader's zone. */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
} from 'ical-generator';
import { addMinutes } from '../../core/zone.ts';
import type { AppointmentView } from '../appointments/contract.ts';
import type { CalendarItem } from './contract.ts';

export type Invited = {
  appointment: AppointmentView;
  title: string;
  sequence: number;
  changedAt: Date;
  /** Confirms or moves it. */
  url: string;
  organizer: { name: string; email: string };
  attendees: { email: string; name?: string }[];
};

/** Stable over every change, so that a calendar replaces what it has. */
export const uidOf = (recordId: string): string => `${recordId}@parley`;

export const methodOf = ({ status }: Pick<AppointmentView, 'status'>): 'REQUEST' | 'CANCEL' =>
  status === 'cancelled' ? 'CANCEL' : 'REQUEST';

export function invitationIcs({
  appointment: a,
  title,
  sequence,
  changedAt,
  url,
  organizer,
  attendees,
}: Invited): string {
  const startsAt = new Date(a.startsAt);
  const calendar = ical({ prodId: '//Parley//Calendar//EN', method: ICalCalendarMethod[methodOf(a)] });
  calendar.createEvent({
    id: uidOf(a.id),
    sequence,
    stamp: changedAt,
    lastModified: changedAt,
    start: startsAt,
    end: addMinutes(startsAt, a.minutes),
    summary: title,
    status: statuses[a.status],
    description: [a.agenda, `To confirm or to choose another time: ${url}`].filter(Boolean).join('\n\n'),
    url,
    organizer,
    attendees: attendees.map(({ email, name }) => ({
      email,
      ...(name && { name }),
      role: ICalAttendeeRole.REQ,
      type: ICalAttendeeType.INDIVIDUAL,
      rsvp: a.status === 'booked',
      status: a.status === 'confirmed' ? ICalAttendeeStatus.ACCEPTED : ICalAttendeeStatus.NEEDSACTION,
    })),
    ...(a.location && { location: a.location }),
  });
  return calendar.toString();
}

const statuses: Record<AppointmentView['status'], ICalEventStatus> = {
  booked: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
  completed: ICalEventStatus.CONFIRMED,
  'no-show': ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
};

/** A whole calendar to subscribe to; only appointments make their reader busy. */
export function feedIcs(
  name: string,
  items: CalendarItem[],
  { base, now }: { base: string; now: Date },
): string {
  const calendar = ical({
    name,
    prodId: '//Parley//Calendar//EN',
    method: ICalCalendarMethod.PUBLISH,
    ttl: 15 * 60,
  });
  for (const item of items) {
    const isAppointment = item.kind === 'appointment';
    calendar.createEvent({
      id: uidOf(item.id),
      stamp: now,
      start: new Date(item.startsAt),
      end: new Date(item.endsAt),
      summary: `${words[item.appointmentKind ?? item.kind]}: ${item.title}`,
      status: item.status === 'booked' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      busystatus: isAppointment ? ICalEventBusyStatus.BUSY : ICalEventBusyStatus.FREE,
      url: `${base}${item.link}`,
      ...(item.note && { description: item.note }),
      ...(item.location && { location: item.location }),
    });
  }
  return calendar.toString();
}

const words: Record<NonNullable<CalendarItem['appointmentKind']> | CalendarItem['kind'], string> = {
  appointment: 'Appointment',
  demo: 'Demo',
  meeting: 'Meeting',
  training: 'Training',
  personal: 'Personal',
  task: 'Task',
  followUp: 'Follow-up',
  reminder: 'Reminder',
};
