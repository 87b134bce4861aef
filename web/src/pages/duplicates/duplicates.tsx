/** Pairs that may be one person, and what was merged: the one to be decided, the other to be taken back. */
import { Segmented } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { Records } from '../../shared/records.tsx';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { CompareTwo } from './compare-two.tsx';
import { Merges } from './merges.tsx';
import { type Pair, pairColumns } from './pair-columns.tsx';
import '../../styles/leads.css';
import '../../styles/duplicates.css';

const views = [
  { value: 'open', label: 'To decide' },
  { value: 'merged', label: 'Merged' },
];

export default function Duplicates() {
  const [params, setParams] = useSearchParams();
  const [comparing, setComparing] = useState(false);
  const view = params.get('view') ?? 'open';
  const list = useCursorList<Pair>('duplicate', {});
  return (
    <Page
      wide
      title="Duplicates"
      note="Contacts that may be one person. Nothing is merged until somebody says so, and every merge can be undone."
      actions={
        <CompareTwo open={comparing} onOpen={() => setComparing(true)} onClose={() => setComparing(false)} />
      }
    >
      <div className="filters scroll-x">
        <Segmented
          options={views}
          value={view}
          onChange={(value) => setParams(value === 'open' ? {} : { view: String(value) }, { replace: true })}
        />
      </div>
      {view === 'merged' ? (
        <Merges />
      ) : (
        <Records<Pair>
          label="Duplicates"
          columns={pairColumns}
          items={list.items}
          error={list.error}
          retry={list.refetch}
          more={list.more}
          href={({ a, b }) => `/duplicates/${a.contactId}/${b.contactId}`}
          empty={
            <Nothing
              title="Nobody seems to be here twice"
              hint="Each new contact is compared with those that have a similar name, the same company or the same number."
            />
          }
        />
      )}
    </Page>
  );
}
