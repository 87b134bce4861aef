import type { Ticket } from '../../api/operations.ts';
import type { Column } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';
import { Due, Priority, StatusTag } from './ticket-bits.tsx';

export const ticketColumns: Column<Ticket>[] = [
  {
    key: 'subject',
    title: 'Ticket',
    card: 'title',
    render: ({ number, subject }) => (
      <span className="ticket-name">
        <span className="number">{number}</span> <strong>{subject}</strong>
      </span>
    ),
  },
  {
    key: 'status',
    title: 'Status',
    card: 'aside',
    width: 186,
    render: (ticket) => <StatusTag ticket={ticket} />,
  },
  {
    key: 'priority',
    title: 'Priority',
    card: 'inline',
    width: 88,
    render: (ticket) => <Priority ticket={ticket} />,
  },
  {
    key: 'customer',
    title: 'Customer',
    card: 'inline',
    width: '13%',
    render: ({ name, product, categoryLabel }) => (
      <span className="clip" title={product ?? categoryLabel}>
        {name}
      </span>
    ),
  },
  { key: 'due', title: 'Due', width: 170, render: (ticket) => <Due ticket={ticket} /> },
  {
    key: 'assignee',
    title: 'With',
    width: '9%',
    render: ({ assigneeName }) => <span className="clip">{assigneeName ?? 'Nobody yet'}</span>,
  },
  {
    key: 'opened',
    title: 'Opened',
    card: 'none',
    width: 76,
    render: ({ openedAt }) => <When at={openedAt} as="ago" />,
  },
];
