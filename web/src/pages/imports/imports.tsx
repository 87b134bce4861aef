/** Files of leads that were brought, and the place to bring another. */
import { Tag } from 'antd';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { When } from '../../shared/when.tsx';
import { Upload } from './upload.tsx';
import { count, type Import, statusColors, statusWords } from './words.ts';
import '../../styles/imports.css';

const columns: Column<Import>[] = [
  { key: 'file', title: 'File', card: 'title', render: ({ filename }) => <strong>{filename}</strong> },
  {
    key: 'status',
    title: 'State',
    card: 'aside',
    width: 150,
    render: ({ status }) => <Tag color={statusColors[status]}>{statusWords[status]}</Tag>,
  },
  { key: 'rows', title: 'Rows', card: 'inline', width: 100, render: ({ rows }) => `${count(rows)} rows` },
  {
    key: 'opened',
    title: 'New leads',
    card: 'inline',
    width: 130,
    render: ({ counts, status }) => (status === 'undone' ? '–' : `${count(counts.opened)} new`),
  },
  { key: 'by', title: 'By', card: 'inline', width: 160, render: ({ by }) => by },
  { key: 'at', title: 'When', card: 'inline', width: 140, render: ({ at }) => <When at={at} /> },
];

export default function Imports() {
  const list = useCursorList<Import>('import', {});
  return (
    <Page wide title="Import leads" note="From a spreadsheet, an exhibition, another system.">
      <Upload />
      <Records<Import>
        label="Imports"
        columns={columns}
        items={list.items}
        total={list.total}
        error={list.error}
        retry={list.refetch}
        more={list.more}
        href={({ id }) => `/imports/${id}`}
        empty={<Nothing title="Nothing was imported yet" />}
      />
    </Page>
  );
}
