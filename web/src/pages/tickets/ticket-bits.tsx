/** How a ticket's facts look wherever they are shown. */
import type { Ticket } from '../../api/operations.ts';
import { Dash } from '../../shared/lead-bits.tsx';
import { When } from '../../shared/when.tsx';

export const StatusTag = ({ ticket }: { ticket: Pick<Ticket, 'status' | 'statusLabel'> }) => (
  <span className="status" data-status={ticket.status}>
    {ticket.statusLabel}
  </span>
);

/** Normal is what most are: only what differs stands out. */
export const Priority = ({ ticket }: { ticket: Pick<Ticket, 'priority' | 'priorityLabel'> }) => (
  <span className="priority" data-priority={ticket.priority}>
    {ticket.priorityLabel}
  </span>
);

/** Red when it has passed; what waits for the customer, or is done, has no deadline. */
export const Due = ({ ticket }: { ticket: Pick<Ticket, 'dueAt' | 'overdue'> }) =>
  ticket.dueAt ? (
    <span className={ticket.overdue ? 'late' : undefined}>
      <When at={ticket.dueAt} />
    </span>
  ) : (
    <Dash />
  );
