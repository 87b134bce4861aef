/** Every dialogue of a lead; loaded when the first one is opened. */
import type { Lead } from '../api/operations.ts';
import { AddNote } from './add-note.tsx';
import { AssignLead } from './assign-lead.tsx';
import { BookDemo } from './book-demo.tsx';
import { EditLead } from './edit-lead.tsx';
import type { LeadAction } from './lead-dialogs.tsx';
import { LogCall } from './log-call.tsx';
import { MoveLead } from './move-lead.tsx';
import { SetFollowUp } from './set-follow-up.tsx';

export default function AllLeadDialogs({
  lead,
  action,
  onClose,
}: {
  lead: Lead;
  action: LeadAction | undefined;
  onClose: () => void;
}) {
  const is = (kind: LeadAction['kind']) => action?.kind === kind;
  return (
    <>
      <LogCall
        lead={lead}
        outcome={action?.kind === 'call' ? action.outcome : undefined}
        open={is('call')}
        onClose={onClose}
      />
      <SetFollowUp lead={lead} open={is('followUp')} onClose={onClose} />
      <BookDemo lead={lead} open={is('demo')} onClose={onClose} />
      <AssignLead lead={lead} open={is('assign')} onClose={onClose} />
      <AddNote lead={lead} open={is('note')} onClose={onClose} />
      <EditLead lead={lead} open={is('edit')} onClose={onClose} />
      <MoveLead lead={lead} stage={action?.kind === 'move' ? action.stage : undefined} onClose={onClose} />
    </>
  );
}
