/** Every change: who, when, where, before and after; and its undoing. */

import { Button, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAsk } from '../../../api/use-ask.ts';
import { Failure } from '../../../shared/failure.tsx';
import { Nothing } from '../../../shared/nothing.tsx';
import { Panel } from '../../../shared/page.tsx';
import { fromLocalInput } from '../../../shared/time.ts';
import { asIs } from '../../../shared/use-choices.ts';
import { Waiting } from '../../../shared/waiting.tsx';
import { SettingsPage } from '../settings-page.tsx';
import { Entry } from './entry.tsx';
import '../../../styles/audit.css';

const kinds = [
  'Lead',
  'Enquiry',
  'Contact',
  'Call',
  'FollowUp',
  'Appointment',
  'Note',
  'Ticket',
  'Task',
  'User',
  'Setting',
  'Flow',
  'Report',
] as const;

export default function Audit() {
  const [params, setParams] = useSearchParams();
  const recordId = params.get('record') ?? undefined;
  const [actorId, setActor] = useState<string>();
  const [kind, setKind] = useState<(typeof kinds)[number]>();
  const [day, setDay] = useState('');
  const [byItself, setByItself] = useState(false);
  const [pages, setPages] = useState<(string | undefined)[]>([undefined]);
  const users = useAsk('user.list', {}, { keep: true }).data?.items ?? [];
  const filter = {
    byItself,
    ...(recordId && { recordId }),
    ...(actorId && { actorId }),
    ...(kind && { kind }),
    ...(day && {
      from: fromLocalInput(`${day}T00:00`),
      to: new Date(Date.parse(fromLocalInput(`${day}T00:00`)) + 86_400_000).toISOString(),
    }),
  };
  const narrowed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setPages([undefined]);
      set(value);
    };
  return (
    <SettingsPage wide note="Every change with its author, its time, and what was before.">
      <div className="audit-narrow">
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          placeholder="Everybody"
          aria-label="By whom"
          value={actorId}
          onChange={narrowed(setActor)}
          options={users.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select
          allowClear
          placeholder="Every kind"
          aria-label="Kind of record"
          value={kind}
          onChange={narrowed(setKind)}
          options={asIs(kinds)}
        />
        <Input
          type="date"
          aria-label="Day"
          value={day}
          onChange={({ target }) => narrowed(setDay)(target.value)}
        />
        <label htmlFor="by-itself">
          <Switch id="by-itself" size="small" checked={byItself} onChange={narrowed(setByItself)} /> also by
          itself
        </label>
        {recordId && <Button onClick={() => setParams({})}>All records</Button>}
      </div>
      <Panel id="changes" title={recordId ? 'Changes of this record' : 'Changes'}>
        <ol className="audit" aria-labelledby="changes">
          {pages.map((cursor, at) => (
            <Changes
              key={cursor ?? ''}
              filter={{ ...filter, ...(cursor && { cursor }) }}
              isLast={at === pages.length - 1}
              onMore={(next) => setPages([...pages, next])}
            />
          ))}
        </ol>
      </Panel>
    </SettingsPage>
  );
}

function Changes({
  filter,
  isLast,
  onMore,
}: {
  filter: Parameters<typeof useAsk<'audit.list'>>[1];
  isLast: boolean;
  onMore: (cursor: string) => void;
}) {
  const { data, error, refetch } = useAsk('audit.list', filter);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting rows={3} />;
  if (!data.items.length)
    return <Nothing title="No changes" hint="Whatever somebody changes stands here, and can be undone." />;
  const { nextCursor } = data;
  return (
    <>
      {data.items.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
      {isLast && nextCursor && (
        <li className="audit-more">
          <Button onClick={() => onMore(nextCursor)}>Show more</Button>
        </li>
      )}
    </>
  );
}
