/** A lead's card: where it stands, what to do next, who it is, and everything that happened on every channel. */
import { useOne } from '@refinedev/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { type LeadAction, LeadDialogs } from '../../actions/lead-dialogs.tsx';
import type { Lead as LeadRecord } from '../../api/operations.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTitle } from '../../shared/use-title.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { OnLead } from '../competition/on-lead.tsx';
import { Suspected } from '../duplicates/suspected.tsx';
import { TaskPanel } from '../tasks/task-panel.tsx';
import { Demos } from './demos.tsx';
import { LeadHead } from './lead-head.tsx';
import { Particulars } from './particulars.tsx';
import { Stages } from './stages.tsx';
import { Talks } from './talks.tsx';
import { Timeline } from './timeline.tsx';
import { VerdictPanel } from './verdict-panel.tsx';
import '../../styles/lead.css';

export default function Lead() {
  const { leadId = '' } = useParams();
  const [action, setAction] = useState<LeadAction>();
  const { query, result: lead } = useOne<LeadRecord>({
    resource: 'lead',
    id: leadId,
    errorNotification: false,
  });
  useTitle(lead?.name);
  if (query.error && !lead)
    return <Failure error={query.error as unknown as Error} retry={() => void query.refetch()} />;
  if (!lead) return <Waiting rows={12} />;
  return (
    <article className="page page-wide lead">
      <LeadHead lead={lead} onAction={setAction} />
      <Stages lead={lead} onMove={(stage) => setAction({ kind: 'move', stage })} />
      <div className="lead-body">
        <div className="lead-side">
          <Particulars lead={lead} onAction={setAction} />
          <Demos lead={lead} onBook={() => setAction({ kind: 'demo' })} />
          <TaskPanel
            id="lead-tasks"
            title="Tasks"
            input={{ leadId: lead.id, view: 'all' }}
            fixed={{ leadId: lead.id }}
            empty="No task is open"
          />
          <OnLead leadId={lead.id} />
          <Suspected contactId={lead.contactId} />
          <VerdictPanel leadId={lead.id} />
        </div>
        <div className="lead-main">
          <Talks contactId={lead.contactId} />
          <Timeline contactId={lead.contactId} onNote={() => setAction({ kind: 'note' })} />
        </div>
      </div>
      <LeadDialogs lead={lead} action={action} onClose={() => setAction(undefined)} />
    </article>
  );
}
