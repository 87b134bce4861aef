/** What is answered to customers' questions. What is chosen stands in the address: it can be shared and gone back to. */
import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { FilterSearch } from '../../shared/filter-search.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { Records } from '../../shared/records.tsx';
import { useChoices } from '../../shared/use-choices.ts';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { columns } from './columns.tsx';
import { KnowledgeTabs } from './head.tsx';
import { type Entry, languageWord, stateWords } from './words.ts';
import '../../styles/leads.css';
import '../../styles/knowledge.css';

const ImportDialog = lazy(() => import('./import-dialog.tsx'));

export default function Knowledge() {
  const { may } = useSession();
  const navigate = useNavigate();
  const [importing, setImporting] = useState(false);
  const [params, setParams] = useSearchParams();
  const chosen = Object.fromEntries(params) as Record<string, string>;
  const list = useCursorList<Entry>('knowledge', chosen, { pageSize: 50 });
  const about = useAsk('knowledge.list', { limit: 1 }, { keep: true });
  const choose = (change: Record<string, string | undefined>) =>
    setParams(
      Object.fromEntries(
        Object.entries({ ...chosen, ...change }).filter((entry): entry is [string, string] =>
          Boolean(entry[1]),
        ),
      ),
      { replace: true },
    );
  const narrowed = Object.keys(chosen).length > 0;
  const mayWrite = may('knowledge.create');
  const write = mayWrite && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => navigate('/knowledge/new')}>
      Write an answer
    </Button>
  );
  const take = mayWrite && (
    <Button icon={<ImportOutlined aria-hidden />} onClick={() => setImporting(true)}>
      Import
    </Button>
  );
  return (
    <Page
      wide
      title="Knowledge"
      note="What the bot and your colleagues answer to questions, in your words."
      actions={
        <>
          {take}
          {write}
        </>
      }
    >
      <KnowledgeTabs chosen="entries" entries={about.data?.counts.published} />
      <Filters chosen={chosen} onChange={choose} languages={about.data?.languages ?? []} />
      <Records<Entry>
        label="Answers"
        columns={columns}
        items={list.items}
        total={list.total}
        error={list.error}
        retry={list.refetch}
        more={list.more}
        href={({ id }) => `/knowledge/${id}`}
        empty={
          narrowed ? (
            <Nothing
              title="Nothing fits these filters"
              action={<Button onClick={() => setParams({}, { replace: true })}>Clear the filters</Button>}
            />
          ) : (
            <Nothing
              title="Nothing is written yet"
              hint="Begin with the five questions that customers ask most. The bot gives your answer word for word, in the middle of any talk, and passes on what is not written here."
              action={
                <span className="nothing-acts">
                  {write} {take}
                </span>
              }
            />
          )
        }
      />
      {importing && (
        <Suspense fallback={null}>
          <ImportDialog files={about.data?.files ?? []} onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </Page>
  );
}

type FilterProps = {
  chosen: Record<string, string>;
  onChange: (change: Record<string, string | undefined>) => void;
  languages: string[];
};

function Filters({ chosen, onChange, languages }: FilterProps) {
  const { products } = useChoices();
  return (
    <div className="filters">
      <FilterSearch
        label="Search answers"
        placeholder="Words of the question"
        value={chosen.search}
        onChange={(search) => onChange({ search })}
      />
      <div className="filter-row">
        <Select
          className="filter"
          allowClear
          placeholder="Drafts and published"
          aria-label="State"
          value={chosen.state}
          options={Object.entries(stateWords).map(([value, label]) => ({ value, label }))}
          onChange={(state) => onChange({ state })}
        />
        <Select
          className="filter"
          allowClear
          placeholder="Any language"
          aria-label="Language"
          value={chosen.language}
          options={languages.map((value) => ({ value, label: languageWord(value) }))}
          onChange={(language) => onChange({ language })}
        />
        <Select
          className="filter"
          allowClear
          placeholder="Any product"
          aria-label="Product"
          value={chosen.product}
          options={products.map((value) => ({ value, label: value }))}
          onChange={(product) => onChange({ product })}
        />
      </div>
    </div>
  );
}
