/** Two contacts side by side: field by field, which one stays, and what goes along. */
import { CheckCircleFilled, SwapOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox, Popconfirm } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { Evidence } from '../enquiries/evidence.tsx';
import { Choices, type Row, type Side } from './choices.tsx';
import { Has } from './has.tsx';
import { Merges, Undo } from './merges.tsx';
import { movedWords } from './words.ts';
import '../../styles/enquiry.css';
import '../../styles/duplicates.css';

type Compared = Output<'contact.compare'>;

export default function ComparePage() {
  const { one = '', other = '' } = useParams();
  const { data, error, refetch } = useAsk('contact.compare', { keep: one, merge: other });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (data.keep.contact.id === data.merge.contact.id) return <One contact={data.keep} />;
  return <Two key={`${one}:${other}`} data={data} />;
}

/** They were merged: where everything stands now, and the way back. */
function One({ contact: { contact, leads } }: { contact: Compared['keep'] }) {
  const { data } = useAsk('duplicate.merges', { contactId: contact.id, limit: 50 });
  const last = data?.items.find(({ undone }) => !undone);
  return (
    <Page title={contact.name} note="One contact: what was recorded of either stands here.">
      {last && (
        <div className="merged-banner" role="status">
          <CheckCircleFilled aria-hidden />
          <p>
            <strong>{last.label}</strong> was merged into {last.keptLabel} by {last.by}. Everything is under{' '}
            {leads.length ? (
              leads.map(({ id, number, name }, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  <Link to={`/leads/${id}`}>
                    #{number} {name}
                  </Link>
                </span>
              ))
            ) : (
              <span>{contact.name}</span>
            )}
            ; old links and numbers lead there, too.
          </p>
          <Undo merge={last} />
        </div>
      )}
      <Panel id="merges" title="What was merged">
        <Merges contactId={contact.id} />
      </Panel>
    </Page>
  );
}

function Two({ data }: { data: Compared }) {
  const navigate = useNavigate();
  const [chosen, choose] = useState<Record<string, Side>>({});
  const [withLeads, setWithLeads] = useState(true);
  const { keep, merge, suspicion, mayMerge } = data;
  const [own, their] = [keep.leads[0], merge.leads[0]];
  const both = withLeads ? own && their && { keep: own, merge: their } : undefined;
  const contacts = useAct('contact.merge', ({ moved }) => `Merged: ${movedWords(moved)}.`);
  const leads = useAct('lead.merge', ({ moved }) => `Merged: ${movedWords(moved)}.`);
  const apart = useAct('duplicate.dismiss', 'Noted: two persons.');
  const pick = (field: string, side: Side) => choose((before) => ({ ...before, [field]: side }));
  const swap = () => navigate(`/duplicates/${merge.contact.id}/${keep.contact.id}`, { replace: true });
  const leadRows = both ? rowsOf(data, both) : [];
  const only = (rows: Row[]) =>
    Object.fromEntries(rows.flatMap(({ field }) => (chosen[field] ? [[field, chosen[field]]] : [])));

  const go = () =>
    both
      ? leads.act({
          keep: both.keep.id,
          merge: both.merge.id,
          fields: { ...only(data.fields), ...only(leadRows) },
        })
      : contacts.act({ keep: keep.contact.id, merge: merge.contact.id, fields: only(data.fields) });
  return (
    <Page
      title={`${keep.contact.name} and ${merge.contact.name}`}
      note="Choose what stays of each field. The left one is kept; the right one becomes part of it."
      actions={
        <>
          <Button icon={<SwapOutlined aria-hidden />} onClick={swap}>
            Keep the other
          </Button>
          {suspicion && (
            <Button
              loading={apart.busy}
              onClick={() =>
                void apart.act({ id: suspicion.id }).then((done) => done && navigate('/duplicates'))
              }
            >
              Not the same
            </Button>
          )}
        </>
      }
    >
      {suspicion && (
        <Panel id="why" title={`Why they may be one: ${Math.round(suspicion.score * 100)} %`}>
          <Evidence items={suspicion.reasons} />
        </Panel>
      )}
      <Panel id="person" title="The person">
        <Choices
          label="The person"
          rows={data.fields}
          heads={[keep.contact.name, merge.contact.name]}
          chosen={chosen}
          pick={pick}
        />
      </Panel>
      {own && their && (
        <Panel
          id="lead"
          title="The lead"
          actions={
            <Checkbox checked={withLeads} onChange={({ target }) => setWithLeads(target.checked)}>
              Merge the leads, too
            </Checkbox>
          }
        >
          {both ? (
            <Choices
              label="The lead"
              rows={leadRows}
              heads={[`#${own.number} ${own.name}`, `#${their.number} ${their.name}`]}
              chosen={chosen}
              pick={pick}
            />
          ) : (
            <p className="panel-words">
              #{own.number} and #{their.number} stay two leads of one person.
            </p>
          )}
        </Panel>
      )}
      <Panel id="along" title="What goes along">
        <div className="has-both">
          <Has side={keep} />
          <Has side={merge} />
        </div>
      </Panel>
      <div className="merge-bar">
        {mayMerge ? (
          <Popconfirm
            title={
              both
                ? `Merge #${both.merge.number} into #${both.keep.number}?`
                : `Merge ${merge.contact.name} into ${keep.contact.name}?`
            }
            description="All interactions come under one record. It can be undone."
            okText="Merge"
            cancelText="Not yet"
            onConfirm={() => void go()}
          >
            <Button type="primary" size="large" loading={contacts.busy || leads.busy}>
              Merge
            </Button>
          </Popconfirm>
        ) : (
          <Alert
            type="info"
            showIcon
            message="You may look at both, but not change both: ask your manager to merge them."
          />
        )}
      </div>
    </Page>
  );
}

/** Fields of the leads that one of them has, and whose it becomes. */
function rowsOf(
  { leadFields }: Compared,
  { keep, merge }: Record<Side, Compared['keep']['leads'][number]>,
): Row[] {
  const rows = leadFields.map(({ field, label }) =>
    row(field, label, keep.fields[field], merge.fields[field]),
  );
  const whose = row('assignee', 'Tele-caller', keep.assigneeName, merge.assigneeName);
  return [...rows, whose].filter((each) => each.keep || each.merge);
}

const row = (field: string, label: string, keep?: string, merge?: string): Row => ({
  field,
  label,
  same: (keep ?? '') === (merge ?? ''),
  ...(keep && { keep }),
  ...(merge && { merge }),
});
