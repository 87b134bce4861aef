import { Select } from 'antd';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { FilterSearch } from '../../shared/filter-search.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { priorities } from './ticket-bits.tsx';

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
type Props = {
  chosen: Record<string, string>;
  onChange: (change: Record<string, string | undefined>) => void;
};

export function TicketFilters({ chosen, onChange }: Props) {
  const { may } = useSession();
  const { data } = useAsk('ticket.views', {}, { keep: true });

  return (
    <div className="filters">
      <FilterSearch
        label="Search tickets"
        placeholder="Ticket ID, customer or words of the subject"
        value={chosen.search}
        onChange={(search) => onChange({ search })}
      />
      <div className="filter-row">
        <Select
          className="filter"
          allowClear
          placeholder="Any priority"
          aria-label="Priority"
          value={chosen.priority}
          options={[...priorities]}
          onChange={(priority) => onChange({ priority })}
        />
        <Select
          className="filter"
          allowClear
          placeholder="Any category"
          aria-label="Category"
          value={chosen.category}
          options={data?.categories.map(({ key, label }) => ({ value: key, label }))}
          onChange={(category) => onChange({ category })}
        />
        <Select
          className="filter"
          allowClear
          placeholder="Cases and complaints"
          aria-label="Kind"
          value={chosen.kind}
          options={kinds}
          onChange={(kind) => onChange({ kind })}
        />
        {may('ticket.assign') && (
          <div className="filter">
            <PersonSelect
              allowClear
              placeholder="Anybody’s"
              value={chosen.assigneeId}
              onChange={(assigneeId) => onChange({ assigneeId })}
            />
          </div>
        )}
        <Select
          className="filter"
          allowClear
          placeholder="Order of the view"
          aria-label="Order"
          value={chosen.sort}
          options={sorts}
          onChange={(sort) => onChange({ sort })}
        />
      </div>
    </div>
  );
}
