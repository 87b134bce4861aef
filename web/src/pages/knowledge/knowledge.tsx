/** What is answered to customers' questions. */
import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Choice, Filters } from '../../shared/filters.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { Records } from '../../shared/records.tsx';
import { asIs, useChoices } from '../../shared/use-choices.ts';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { type Choose, type Chosen, useFilters } from '../../shared/use-filters.ts';
import { columns } from './columns.tsx';
import { KnowledgeTabs } from './head.tsx';
import { type Entry, languageWord, stateWords } from './words.ts';
import '../../styles/knowledge.css';

const ImportDialog = lazy(() => import('./import-dialog.tsx'));

export default function Knowledge() {
  const { may } = useSession();
  const navigate = useNavigate();
  const [importing, setImporting] = useState(false);
  const { chosen, choose, only } = useFilters();
  const list = useCursorList<Entry>('knowledge', chosen, { pageSize: 50 });
  const about = useAsk('knowledge.list', { limit: 1 }, { keep: true });
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
      <EntryFilters chosen={chosen} onChange={choose} languages={about.data?.languages ?? []} />
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
              action={<Button onClick={() => only({})}>Clear the filters</Button>}
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

type FilterProps = { chosen: Chosen; onChange: Choose; languages: string[] };

function EntryFilters({ languages, ...at }: FilterProps) {
  const { products } = useChoices();
  const states = Object.entries(stateWords).map(([value, label]) => ({ value, label }));
  const spoken = languages.map((value) => ({ value, label: languageWord(value) }));
  return (
    <Filters label="Search answers" placeholder="Words of the question" {...at}>
      <Choice name="state" label="State" any="Drafts and published" options={states} {...at} />
      <Choice name="language" label="Language" any="Any language" options={spoken} {...at} />
      <Choice name="product" label="Product" any="Any product" options={asIs(products)} {...at} />
    </Filters>
  );
}
