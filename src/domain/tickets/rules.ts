/** The status machine, priorities, search words: pure. */
import { AppError } from '../../core/errors.ts';
import { allowedMoves, canMove, type StateMachine } from '../../core/state-machine.ts';
import { wordsOf } from '../../core/words.ts';
import { type TicketPriority, type TicketStatus, ticketPriorities } from './contract.ts';
import { keyOf } from './number.ts';

export const machine: StateMachine<TicketStatus> = {
  name: 'ticket',
  initial: 'open',
  states: {
    open: { label: 'Open', to: ['in-progress', 'waiting', 'resolved', 'closed'] },
    'in-progress': { label: 'In progress', to: ['waiting', 'resolved', 'closed'] },
    waiting: { label: 'Waiting for the customer', to: ['in-progress', 'resolved', 'closed'] },
    resolved: { label: 'Resolved', to: ['closed', 'reopened'] },
    closed: { label: 'Closed', to: ['reopened'] },
    reopened: { label: 'Reopened', to: ['in-progress', 'waiting', 'resolved', 'closed'] },
  },
};
export const statusLabel = (status: TicketStatus): string => machine.states[status].label;
export const isActive = (status: TicketStatus): boolean => status !== 'resolved' && status !== 'closed';
export const nextStatuses = (status: TicketStatus) =>
  allowedMoves(machine, status).map((key) => ({ key, label: statusLabel(key) }));

/** @throws ticket.move_not_allowed with the moves that are. */
export function assertTicketMove(number: string, from: TicketStatus, to: TicketStatus): void {
  if (canMove(machine, from, to)) return;
  const allowed = allowedMoves(machine, from).map(statusLabel).join(', ');
  throw new AppError('ticket.move_not_allowed', {
    number,
    from: statusLabel(from),
    to: statusLabel(to),
    allowed,
  });
}

export const priorityLabels: Record<TicketPriority, string> = {
  urgent: 'Urgent',
  high: 'High',
  normal: 'Normal',
  low: 'Low',
};
export const rankOf = (priority: TicketPriority): number => ticketPriorities.indexOf(priority) + 1;

/** Nobody but a colleague makes a ticket urgent: what sounds urgent is high, and a complaint is never low. */
export function priorityFor(
  urgency: 'low' | 'normal' | 'high' | undefined,
  kind: 'case' | 'complaint',
): TicketPriority {
  if (urgency === 'high') return 'high';
  return urgency === 'low' && kind === 'case' ? 'low' : 'normal';
}

/** The beginning of what was said, cut at a sentence or a word. */
export function subjectOf(description: string): string {
  const line = description
    .split('\n')
    .find((part) => part.trim())!
    .trim();
  const sentence = /^.{12,120}?[.!?।](?=\s|$)/u.exec(line)?.[0] ?? line;
  if ([...sentence].length <= 120) return sentence;
  const cut = [...sentence].slice(0, 117).join('');
  return `${cut.replace(/\s+\S*$/u, '') || cut}…`;
}

/** What a ticket is found by, by the beginning: its ID and count, the customer's name and addresses, the subject's words. */
export function searchTokens(ticket: {
  number: string;
  name: string;
  phone?: string;
  email?: string;
  subject: string;
}): string[] {
  const digits = ticket.phone?.replace(/\D/g, '') ?? '';
  const count = /\d+$/.exec(ticket.number)?.[0];
  return [
    ...new Set([
      keyOf(ticket.number).toLowerCase(),
      ...(count ? [count.replace(/^0+(?=\d)/, ''), count] : []),
      ...wordsOf(ticket.name, 16),
      ...(ticket.email ? [ticket.email.toLowerCase()] : []),
      ...(digits ? [digits] : []),
      ...(digits.length > 10 ? [digits.slice(-10)] : []),
      ...wordsOf(ticket.subject, 16).filter((word) => word.length > 2),
    ]),
  ];
}

/** Every word must begin a token; digits and signs together count as one (`98450 12345`, `T-2026-00012`). */
export function searchWords(text: string): string[] {
  const trimmed = text.trim().toLowerCase();
  if (trimmed.includes('@')) return [trimmed];
  const squeezed = keyOf(trimmed).toLowerCase();
  if (/^t?[\d]{2,}$/.test(squeezed) || /^[\p{L}]{1,6}[\s\-/.]?\d{2,4}[\s\-/.]?\d+$/u.test(trimmed))
    return [squeezed.replace(/^0+(?=\d{5,})/, '')];
  return wordsOf(trimmed, 5);
}
