/** A page of the settings that is a list, with a button for one more. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { SettingsPage } from './settings-page.tsx';

type Props<T> = {
  note: string;
  label: string;
  columns: Column<T>[];
  list: { data?: { items: T[] }; error: Error | null; refetch: () => unknown };
  href: (item: T) => string;
  empty: { title: string; hint: string };
  /** What the button says; absent for those who may not. */
  add?: string | false;
  dialog: (open: boolean, close: () => void) => ReactNode;
};

export function SettingsList<T extends { id: string }>(props: Props<T>) {
  const { note, label, columns, href, empty, add, dialog } = props;
  const { data, error, refetch } = props.list;
  const [adds, setAdds] = useState(false);
  const button = add && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdds(true)}>
      {add}
    </Button>
  );
  return (
    <SettingsPage note={note} actions={button}>
      <Records<T>
        label={label}
        columns={columns}
        items={data?.items}
        href={href}
        error={error}
        retry={() => void refetch()}
        empty={<Nothing title={empty.title} hint={empty.hint} action={button} />}
      />
      {dialog(adds, () => setAdds(false))}
    </SettingsPage>
  );
}
