import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useSettled } from './use-settled.ts';

type Props = {
  /** What the list is narrowed by now. */
  value: string | undefined;
  onChange: (words: string | undefined) => void;
  label: string;
  placeholder: string;
};

/** Narrows a list by what is typed, once the typing rests. */
export function FilterSearch({ value = '', onChange, label, placeholder }: Props) {
  const [search, setSearch] = useState(value);
  const words = useSettled(search.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the typing, not the address
  useEffect(() => {
    if (words !== value) onChange(words || undefined);
  }, [words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: emptied from outside ("Clear the filters")
  useEffect(() => {
    if (!value && words === search.trim()) setSearch('');
  }, [value]);

  return (
    <Input
      className="filter-search"
      prefix={<SearchOutlined aria-hidden />}
      allowClear
      placeholder={placeholder}
      aria-label={label}
      value={search}
      onChange={({ target }) => setSearch(target.value)}
    />
  );
}
