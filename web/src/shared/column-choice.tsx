/** Which columns of a list one wants to see, kept in this browser; the first says which record it is and always stays. */
import { TableOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Column } from './records.tsx';
import { useNarrow } from './use-narrow.ts';

export function useColumnChoice<T>(
  list: string,
  all: Column<T>[],
): { columns: Column<T>[]; pick: ReactNode } {
  const place = `parley.columns.${list}`;
  const [hidden, setHidden] = useState<string[]>(() => JSON.parse(localStorage.getItem(place) ?? '[]'));
  const narrow = useNarrow();
  const hide = (keys: string[]) => {
    localStorage.setItem(place, JSON.stringify(keys));
    setHidden(keys);
  };
  const [, ...others] = all;
  const options = others.map(({ key, title }) => ({ value: key, label: title }));
  const pick = !narrow && (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          className="column-choice"
          options={options}
          value={options.map(({ value }) => value).filter((key) => !hidden.includes(key))}
          onChange={(shown) => hide(others.map(({ key }) => key).filter((key) => !shown.includes(key)))}
        />
      }
    >
      <Button icon={<TableOutlined aria-hidden />} aria-label="Columns" title="Columns" />
    </Popover>
  );
  // A phone shows cards: what they leave out is laid out there.
  return { columns: narrow ? all : all.filter(({ key }, n) => n === 0 || !hidden.includes(key)), pick };
}
