/** Tickets by named view, search and filter. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Ticket } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { useColumnChoice } from '../../shared/column-choice.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { Records } from '../../shared/records.tsx';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { useFilters } from '../../shared/use-filters.ts';
import { ticketColumns } from './columns.tsx';
import { TicketFilters } from './ticket-filters.tsx';
import { TicketViews } from './ticket-views.tsx';
import '../../styles/tickets.css';

const NewTicket = lazy(() => import('./new-ticket.tsx'));
/** Whoever sees only their own tickets needs no column for that. */
const ownColumns = ticketColumns.filter(({ key }) => key !== 'assignee');

export default function Tickets() {
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  const { chosen, choose, only } = useFilters();
  const { view = 'open', sort, ...filters } = chosen;
  const list = useCursorList<Ticket>('ticket', { view, ...filters }, { pageSize: 50, ...(sort && { sort }) });
  const { columns, pick } = useColumnChoice('tickets', may('ticket.assign') ? ticketColumns : ownColumns);
  const narrowed = Object.keys(filters).length > 0;

  const add = may('ticket.open') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      New ticket
    </Button>
  );
  const empty = emptyWords[view] ?? emptyWords.all!;

  return (
    <Page wide title="Tickets" actions={add}>
      <TicketViews view={view} onChoose={(name) => choose({ view: name === 'open' ? undefined : name })} />
      <TicketFilters chosen={{ ...filters, ...(sort && { sort }) }} onChange={choose} end={pick} />
      <Records<Ticket>
        label="Tickets"
        columns={columns}
        items={list.items}
        total={list.total}
        error={list.error}
        retry={list.refetch}
        more={list.more}
        href={({ id }) => `/tickets/${id}`}
        empty={
          narrowed ? (
            <Nothing
              title="No ticket fits these filters"
              action={
                <Button onClick={() => only(view === 'open' ? {} : { view })}>Clear the filters</Button>
              }
            />
          ) : (
            <Nothing
              title={empty.title}
              hint={empty.hint}
              action={view === 'open' || view === 'all' ? add : undefined}
            />
          )
        }
      />
      {adding && (
        <Suspense fallback={null}>
          <NewTicket open onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}

const emptyWords: Record<string, { title: string; hint: string }> = {
  open: {
    title: 'No open tickets',
    hint: 'A complaint in chat or by e-mail opens one by itself, and the customer gets its ID. For a telephone call, open it here.',
  },
  mine: { title: 'Nothing is waiting for you', hint: 'Tickets that are given to you stand here.' },
  overdue: { title: 'Nothing is overdue', hint: 'That is how it should be: 0.' },
  waiting: {
    title: 'No customer owes us an answer',
    hint: 'Reply with “wait for the answer”, and the ticket stands here until they write.',
  },
  resolved: { title: 'Nothing resolved yet', hint: 'Resolved tickets stand here until they are closed.' },
  all: {
    title: 'No tickets yet',
    hint: 'A complaint in chat or by e-mail opens one by itself. For a telephone call, open it here.',
  },
};
