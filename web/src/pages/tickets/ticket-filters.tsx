import type { ReactNode } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Choice, Filters, Whose } from '../../shared/filters.tsx';
import { priorities } from '../../shared/priorities.ts';
import { asOptions } from '../../shared/use-choices.ts';
import type { Choose, Chosen } from '../../shared/use-filters.ts';

const kinds = [
  { value: 'complaint', label: 'Complaints' },
  { value: 'case', label: 'Cases' },
];
const sorts = [
  { value: 'priority', label: 'By priority' },
  { value: 'due', label: 'By deadline' },
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
];

type Props = { chosen: Chosen; onChange: Choose; end?: ReactNode };

export function TicketFilters({ end, ...at }: Props) {
  const { may } = useSession();
  const { data } = useAsk('ticket.views', {}, { keep: true });
  const categories = data && asOptions(data.categories);
  return (
    <Filters
      end={end}
      label="Search tickets"
      placeholder="Ticket ID, customer or words of the subject"
      {...at}
    >
      <Choice name="priority" label="Priority" any="Any priority" options={[...priorities]} {...at} />
      <Choice name="category" label="Category" any="Any category" options={categories} {...at} />
      <Choice name="kind" label="Kind" any="Cases and complaints" options={kinds} {...at} />
      {may('ticket.assign') && <Whose {...at} />}
      <Choice name="sort" label="Order" any="Order of the view" options={sorts} {...at} />
    </Filters>
  );
}
