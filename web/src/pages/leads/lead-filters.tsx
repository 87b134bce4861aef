import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useSession } from '../../session/session.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { asOptions, useChoices } from '../../shared/use-choices.ts';
import { useSettled } from '../../shared/use-settled.ts';

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
        placeholder="Name, phone, e-mail or #number"
        aria-label="Search leads"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
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
