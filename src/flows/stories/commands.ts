/** Stand-ins for the commands that flows run, so that a story needs no database: plausible answers, calls kept. */

import { DateTime } from 'luxon';
import type { AppConfig } from '../../core/config-schema.ts';
import { AppError, type ErrorCode } from '../../core/errors.ts';
import type { Effect } from '../../core/turn.ts';
import { answersAt, createIndex, type Passage, surelyAt } from '../../nlu/retrieval/index.ts';

export type FakeCommands = { calls: Effect[]; run(effect: Effect, now: Date): unknown };

/**
 * @param given what a command answers in this story instead: what was there before it began; `knowledge: {entries: […]}`
 * is what the organisation has written.
 */
export function fakeCommands(
  app: AppConfig,
  refuse: Record<string, string> = {},
  given: Record<string, unknown> = {},
): FakeCommands {
  const calls: Effect[] = [];
  const tickets = fakeTickets();
  const answers: Record<string, (input: Record<string, unknown>, now: Date) => unknown> = {
    'appointment.slots': ({ at }, now) => slots(app, String(at), now),
    'appointment.book': ({ startsAt }) => ({ appointmentId: 'appointment-1', startsAt, status: 'booked' }),
    'appointment.reschedule': ({ appointmentId, startsAt }) => ({
      appointmentId,
      startsAt,
      status: 'booked',
    }),
    'appointment.cancel': ({ appointmentId }) => ({ appointmentId, status: 'cancelled' }),
    'enquiry.record': () => ({
      enquiryId: 'enquiry-1',
      verdict: 'new',
      evidence: [],
      contactId: 'contact-1',
      leadId: 'lead-1',
      leadNumber: 1,
    }),
    'lead.update': ({ leadId }) => ({ lead: { id: leadId } }),
    'note.add': ({ leadId }) => ({ noteId: 'note-1', leadId, leadNumber: 1, leadName: '' }),
    'conversation.setConsent': () => ({ ok: true }),
    'enquiry.mark': ({ enquiryId }) => ({ enquiryId, leadId: 'lead-1', leadNumber: 1 }),
    'followup.request': () => ({ followUpId: 'followup-1' }),
    'feedback.record': () => ({ feedbackId: 'feedback-1' }),
    'appointment.upcoming': () => ({ found: false }),
    'knowledge.find': written((given.knowledge as { entries?: Written[] } | undefined)?.entries ?? []),
    'knowledge.note': () => ({ ok: true }),
    ...tickets,
  };
  return {
    calls,
    run(effect, now) {
      calls.push(effect);
      const code = refuse[effect.command];
      if (code) throw new AppError(code as ErrorCode);
      const answer = answers[effect.command];
      if (effect.command in given) return given[effect.command];
      if (!answer) throw new AppError('command.unknown', { name: effect.command });
      return answer(effect.input, now);
    },
  };
}

type Written = { title: string; text: string; wordings?: string[] };

/** The story's own knowledge base, searched as the real one is. */
function written(entries: Written[]) {
  const passages: Passage[] = entries.map(({ title, text, wordings = [] }, at) => ({
    id: `entry-${at + 1}`,
    wordings: [title, ...wordings],
    text,
  }));
  const index = createIndex(passages);
  return ({ question }: Record<string, unknown>) => {
    const [best] = index.find(String(question), 1);
    if (!best || best.confidence < answersAt) return {};
    const { title, text } = entries[passages.findIndex(({ id }) => id === best.id)]!;
    return { answer: { id: best.id, title, text, certain: best.confidence >= surelyAt } };
  };
}

/** A conversation's tickets: numbered in turn, the newest is the open one. */
function fakeTickets(): Record<string, (input: Record<string, unknown>) => unknown> {
  const opened: { ticketId: string; number: string; status: string }[] = [];
  const about = (ticketId: unknown) => opened.find((ticket) => ticket.ticketId === ticketId) ?? { ticketId };
  return {
    'ticket.open': () => {
      const count = opened.length + 1;
      const ticket = { ticketId: `ticket-${count}`, number: `T-2026-0000${count}`, status: 'open' };
      opened.push(ticket);
      return { ...ticket, priority: 'normal', added: false };
    },
    'ticket.openOf': () => (opened.length ? { found: true, ...opened.at(-1) } : { found: false }),
    'ticket.add': ({ ticketId }) => about(ticketId),
    'ticket.identify': ({ ticketId }) => about(ticketId),
    'ticket.rate': () => ({ ok: true }),
    'ticket.status': () => {
      const last = opened.at(-1);
      return last
        ? { found: true, count: 1, ...last, active: true, lines: `${last.number}: received` }
        : { found: false, count: 0 };
    },
  };
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const nextHalfHour = (time: DateTime): DateTime =>
  time.startOf('minute').plus({ minutes: (30 - (time.minute % 30)) % 30 });

/** Open in business hours, with the notice that the organisation asks for; two times near it otherwise. */
function slots({ organisation, demo }: AppConfig, at: string, now: Date) {
  const zone = organisation.timezone;
  const wanted = DateTime.fromISO(at, { zone });
  const earliest = DateTime.fromJSDate(now, { zone }).plus({ minutes: demo.noticeMinutes });
  const hoursOf = (day: DateTime) =>
    organisation.holidays.includes(day.toISODate()!)
      ? null
      : organisation.businessHours[days[day.weekday - 1]!];
  const isOpen = (time: DateTime) => {
    const hours = hoursOf(time);
    return (
      hours !== null &&
      time.toFormat('HH:mm') >= hours[0] &&
      time.plus({ minutes: demo.minutes }).toFormat('HH:mm') <= hours[1] &&
      time.plus({ minutes: demo.minutes }).hasSame(time, 'day')
    );
  };
  const reason =
    wanted.toJSDate() < now
      ? 'past'
      : !isOpen(wanted)
        ? 'closed'
        : wanted < earliest
          ? 'too-soon'
          : undefined;
  const suggestions: string[] = [];
  for (
    let time = nextHalfHour(DateTime.max(wanted, earliest));
    suggestions.length < 2;
    time = time.plus({ minutes: 30 })
  ) {
    if (isOpen(time) && time >= earliest) suggestions.push(time.toUTC().toISO()!);
  }
  return {
    open: reason === undefined,
    ...(reason && { reason }),
    hoursText: 'Mon–Sat 09:30–18:30',
    suggestions: reason ? suggestions : [],
  };
}
