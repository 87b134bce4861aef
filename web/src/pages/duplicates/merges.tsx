/** What was merged, newest first, each to be taken back. */
import { Button, Popconfirm } from 'antd';
import { Link } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';
import { movedWords } from './words.ts';

type Merge = Output<'duplicate.merges'>['items'][number];

/** @param contactId of one contact and its leads only */
export function Merges({ contactId }: { contactId?: string }) {
  const { data, error, refetch } = useAsk('duplicate.merges', { limit: 50, ...(contactId && { contactId }) });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  return (
    <Records<Merge & { id?: string }>
      label="Merges"
      columns={columns}
      items={data?.items}
      keyOf={({ mergeId }) => mergeId}
      empty={
        <Nothing title="Nothing was merged yet" hint="A merge can be undone from here, whenever it was." />
      }
    />
  );
}

const columns: Column<Merge>[] = [
  {
    key: 'what',
    title: 'Merged',
    card: 'title',
    width: '34%',
    render: ({ label, kind, keptId, keptLabel }) => (
      <span className="wrap">
        <strong>{label}</strong> into{' '}
        {kind === 'Lead' ? <Link to={`/leads/${keptId}`}>{keptLabel}</Link> : keptLabel}
      </span>
    ),
  },
  { key: 'moved', title: 'What went along', render: ({ moved }) => movedWords(moved) },
  { key: 'by', title: 'By', width: 140, render: ({ by }) => by },
  { key: 'at', title: 'When', width: 150, render: ({ at }) => <When at={at} /> },
  { key: 'undo', title: '', card: 'aside', width: 110, render: (merge) => <Undo merge={merge} /> },
];

export function Undo({ merge }: { merge: Pick<Merge, 'mergeId' | 'kind' | 'undone' | 'label'> }) {
  const contacts = useAct('contact.unmerge', `${merge.label} is separate again.`);
  const leads = useAct('lead.unmerge', `${merge.label} is a lead of its own again.`);
  if (merge.undone) return <span className="none">Undone</span>;
  const { act, busy } = merge.kind === 'Lead' ? leads : contacts;
  return (
    <Popconfirm
      title="Undo this merge?"
      description="What was moved goes back as it was. What came since stays where it arrived."
      okText="Undo it"
      cancelText="Keep it"
      onConfirm={() => void act({ mergeId: merge.mergeId })}
    >
      <Button size="small" loading={busy}>
        Undo
      </Button>
    </Popconfirm>
  );
}
