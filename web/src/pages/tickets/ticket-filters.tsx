import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { useSettled } from '../../shared/use-settled.ts';
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
  const [search, setSearch] = useState(chosen.search ?? '');
  const words = useSettled(search.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the typing, not the address
  useEffect(() => {
    if (words !== (chosen.search ?? '')) onChange({ search: words || undefined });
  }, [words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: emptied from outside ("Clear the filters")
  useEffect(() => {
    if (!chosen.search && words === search.trim()) setSearch('');
  }, [chosen.search]);

  return (
    <div className="filters">
      <Input
        className="filter-search"
        prefix={<SearchOutlined aria-hidden />}
        allowClear
        placeholder="Ticket ID, customer or words of the subject"
        aria-label="Search tickets"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
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
