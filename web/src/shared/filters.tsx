/** Above a list: words to look for, and what else narrows it. */
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { FilterSearch } from './filter-search.tsx';
import { PersonSelect } from './person-select.tsx';
import type { Choose, Chosen } from './use-filters.ts';
import '../styles/leads.css';

type Props = {
  chosen: Chosen;
  onChange: Choose;
  label: string;
  placeholder: string;
  children: ReactNode;
  /** What else is done with the list. */
  end?: ReactNode;
};

export function Filters({ chosen, onChange, label, placeholder, children, end }: Props) {
  return (
    <div className="filters">
      <FilterSearch
        label={label}
        placeholder={placeholder}
        value={chosen.search}
        onChange={(search) => onChange({ search })}
      />
      <div className="filter-row">
        {children}
        {end}
      </div>
    </div>
  );
}

type ChoiceProps = {
  /** The field of the list that it narrows. */
  name: string;
  label: string;
  /** What is shown while nothing is chosen; absent: there is always one. */
  any?: string;
  options: { value: string; label: string }[] | undefined;
  chosen: Chosen;
  onChange: Choose;
};

export function Choice({ name, label, any, options, chosen, onChange }: ChoiceProps) {
  return (
    <Select
      className="filter"
      allowClear={any !== undefined}
      showSearch={(options?.length ?? 0) > 8}
      optionFilterProp="label"
      placeholder={any}
      aria-label={label}
      value={chosen[name]}
      options={options}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
}

export const Whose = ({ chosen, onChange }: { chosen: Chosen; onChange: Choose }) => (
  <div className="filter">
    <PersonSelect
      allowClear
      placeholder="Anybody’s"
      value={chosen.assigneeId}
      onChange={(assigneeId) => onChange({ assigneeId })}
    />
  </div>
);
