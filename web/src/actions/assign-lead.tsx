import type { Lead } from '../api/operations.ts';
import { useSession } from '../session/session.tsx';
import { AssignFields, Reason } from '../shared/assign-fields.tsx';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';

type Values = { assigneeId?: string; reason?: string };
type Props = { lead: Pick<Lead, 'id' | 'name' | 'assigneeId'>; open: boolean; onClose: () => void };

/** Those who may assign choose anybody of theirs; the others hand their lead to their manager. */
export function AssignLead({ lead, open, onClose }: Props) {
  const { may } = useSession();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={may('lead.assign') ? `Who should work on ${lead.name}?` : `Hand ${lead.name} over`}
    >
      {may('lead.assign') ? (
        <CommandForm<'lead.assign', Values>
          command="lead.assign"
          input={({ assigneeId, reason }) => ({
            leadId: lead.id,
            assigneeId: assigneeId ?? '',
            ...(reason && { reason }),
          })}
          initial={{ assigneeId: lead.assigneeId }}
          submit="Assign"
          done={({ lead: changed }) => `Now with ${changed.assigneeName ?? 'them'}.`}
          touches={['contact', 'conversation']}
          onDone={onClose}
        >
          <AssignFields />
        </CommandForm>
      ) : (
        <CommandForm<'lead.handOff', Values>
          command="lead.handOff"
          input={({ reason }) => ({ leadId: lead.id, ...(reason && { reason }) })}
          submit="Hand over"
          done={({ assigneeName }) => `Handed to ${assigneeName}.`}
          touches={['contact', 'conversation']}
          onDone={onClose}
        >
          <p className="form-note">It goes to your manager. You will not see this lead afterwards.</p>
          <Reason />
        </CommandForm>
      )}
    </Dialog>
  );
}
