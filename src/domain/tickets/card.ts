import type { Card, CardButton } from '../../core/messaging.ts';
import { readableDate, readableTime } from '../../core/zone.ts';
import {
  closeTicket,
  moveTicket,
  noteOnTicket,
  reopenTicket,
  replyOnTicket,
  resolveTicket,
  type TicketStatus,
  type TicketView,
} from './contract.ts';

type At = { zone: string; locale: string; now: Date };

/** What staff see of a ticket in chat: who, what, where it stands, and the usual acts as buttons. */
export function ticketCard(ticket: TicketView, { zone, locale }: At): Card {
  const when = (iso: string) =>
    `${readableDate(new Date(iso), zone, locale)}, ${readableTime(new Date(iso), zone, locale)}`;
  const fields = [
    ['Customer', [ticket.name, ticket.phone ?? ticket.email].filter(Boolean).join(', ')],
    ['Status', ticket.statusLabel],
    ['Priority', ticket.priorityLabel],
    ['About', [ticket.categoryLabel, ticket.product].filter(Boolean).join(', ')],
    [ticket.overdue ? 'Overdue since' : 'Due', ticket.dueAt && when(ticket.dueAt)],
    ['Assigned to', ticket.assigneeName],
    ['Solution', ticket.solution],
  ] as const;
  return {
    title: `${ticket.number} ${ticket.subject}`.slice(0, 150),
    fields: fields.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    buttons: buttons[ticket.status].map((button) => button(ticket.id)),
    link: `/tickets/${ticket.id}`,
    key: `ticket:${ticket.id}`,
  };
}

type Button = (ticketId: string) => CardButton;
const start: Button = (ticketId) => ({
  label: 'Start',
  command: moveTicket.name,
  input: { ticketId, status: 'in-progress' },
  style: 'primary',
});
const reply: Button = (ticketId) => ({
  label: 'Reply',
  command: replyOnTicket.name,
  input: { ticketId },
  form: true,
});
const note: Button = (ticketId) => ({
  label: 'Note',
  command: noteOnTicket.name,
  input: { ticketId },
  form: true,
});
const resolve: Button = (ticketId) => ({
  label: 'Resolve',
  command: resolveTicket.name,
  input: { ticketId },
  form: true,
});
const close: Button = (ticketId) => ({ label: 'Close', command: closeTicket.name, input: { ticketId } });
const reopen: Button = (ticketId) => ({ label: 'Reopen', command: reopenTicket.name, input: { ticketId } });

const buttons: Record<TicketStatus, Button[]> = {
  open: [start, reply, resolve, note],
  reopened: [start, reply, resolve, note],
  'in-progress': [reply, resolve, note],
  waiting: [reply, resolve, note],
  resolved: [close, reopen],
  closed: [reopen],
};
