/** Leads by named view, search and filter. */
import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Lead } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { useColumnChoice } from '../../shared/column-choice.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { Records } from '../../shared/records.tsx';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { useFilters } from '../../shared/use-filters.ts';
import { leadColumns } from './columns.tsx';
import { LeadFilters } from './lead-filters.tsx';
import { LeadViews } from './lead-views.tsx';
import { TakeAlong } from './take-along.tsx';
import { Together } from './together.tsx';

const NewLead = lazy(() => import('../../actions/new-lead.tsx'));

/** Whoever sees only their own leads needs no column for that. */
const ownColumns = leadColumns.filter(({ key }) => key !== 'assignee');

export default function Leads() {
  const { may } = useSession();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const { chosen, choose, only } = useFilters();
  const { view = 'all', sort = 'newest', ...filters } = chosen;
  const list = useCursorList<Lead>('lead', { view, ...filters }, { sort, pageSize: 50 });
  const [ids, setIds] = useState<string[]>([]);
  const taken = list.items?.filter(({ id }) => ids.includes(id)) ?? [];
  const { columns, pick } = useColumnChoice('leads', may('lead.assign') ? leadColumns : ownColumns);
  const narrowed = Object.keys(filters).length > 0;

  const files = (
    <>
      {may('lead.export') && <TakeAlong filter={{ view, ...filters } as never} />}
      {may('import.start') && (
        <Button icon={<UploadOutlined aria-hidden />} onClick={() => navigate('/imports')}>
          Import
        </Button>
      )}
    </>
  );
  const add = may('lead.create') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      New lead
    </Button>
  );

  return (
    <Page
      wide
      title="Leads"
      actions={
        <>
          {files}
          {add}
        </>
      }
    >
      <LeadViews view={view} onChoose={(name) => choose({ view: name === 'all' ? undefined : name })} />
      <LeadFilters chosen={{ ...filters, sort }} onChange={choose} end={pick} />
      <Together leads={taken} onChoose={setIds} />
      <Records<Lead>
        label="Leads"
        columns={columns}
        items={list.items}
        total={list.total}
        error={list.error}
        retry={list.refetch}
        more={list.more}
        href={({ id }) => `/leads/${id}`}
        choice={may('lead.move') ? { chosen: ids, onChoose: setIds } : undefined}
        empty={
          narrowed ? (
            <Nothing
              title="No lead fits these filters"
              action={<Button onClick={() => only(view === 'all' ? {} : { view })}>Clear the filters</Button>}
            />
          ) : (
            <Nothing
              title={emptyWords[view]?.title ?? 'No leads here'}
              hint={emptyWords[view]?.hint}
              action={view === 'all' ? add : undefined}
            />
          )
        }
      />
      {adding && (
        <Suspense fallback={null}>
          <NewLead open onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}

const emptyWords: Record<string, { title: string; hint: string }> = {
  all: {
    title: 'No leads yet',
    hint: 'They come in by themselves from web chat, WhatsApp and e-mail. You can also add one by hand.',
  },
  hot: { title: 'No hot leads', hint: 'Leads from the website and Google stand here.' },
  previousMonth: { title: 'No leads from the previous month', hint: 'Nothing came in then.' },
  notAttempted: {
    title: 'Every lead was attempted',
    hint: 'New ones stand here until somebody has spoken with them.',
  },
  lost: { title: 'No lost leads', hint: 'Leads closed as lost stand here with their reason.' },
  todayFollowUp: { title: 'No follow-ups today', hint: 'Set the next follow-up when you log a call.' },
  missedFollowUp: { title: 'No missed follow-ups', hint: 'That is how it should be: 0.' },
};
