import { Select } from 'antd';
import { useSession } from '../../session/session.tsx';
import { FilterSearch } from '../../shared/filter-search.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { asOptions, useChoices } from '../../shared/use-choices.ts';

const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'lastActivity', label: 'Last activity' },
  { value: 'followUp', label: 'Next follow-up' },
];
type Props = {
  chosen: Record<string, string>;
  onChange: (change: Record<string, string | undefined>) => void;
};

export function LeadFilters({ chosen, onChange }: Props) {
  const { stages, sources } = useChoices();
  const { may } = useSession();

  return (
    <div className="filters">
      <FilterSearch
        label="Search leads"
        placeholder="Name, phone, e-mail or #number"
        value={chosen.search}
        onChange={(search) => onChange({ search })}
      />
      <div className="filter-row">
        <Select
          className="filter"
          allowClear
          placeholder="Any stage"
          aria-label="Stage"
          value={chosen.stage}
          options={asOptions(stages)}
          onChange={(stage) => onChange({ stage })}
        />
        {may('lead.assign') && (
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
          showSearch
          placeholder="Any source"
          aria-label="Source"
          value={chosen.source}
          options={sources.map((value) => ({ value, label: value }))}
          onChange={(source) => onChange({ source })}
        />
        <Select
          className="filter"
          aria-label="Order"
          value={chosen.sort}
          options={sorts}
          onChange={(sort) => onChange({ sort: sort === 'newest' ? undefined : sort })}
        />
      </div>
    </div>
  );
}
