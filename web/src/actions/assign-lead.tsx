import { Form, Input } from 'antd';
import type { Lead } from '../api/operations.ts';
import { useSession } from '../session/session.tsx';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { PersonSelect } from '../shared/person-select.tsx';

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
          <Form.Item
            name="assigneeId"
            label="Colleague"
            rules={[{ required: true, message: 'Choose a colleague' }]}
          >
            <PersonSelect />
          </Form.Item>
          <Reason />
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

const Reason = () => (
  <Form.Item name="reason" label="Why, for whoever gets it">
    <Input.TextArea rows={2} maxLength={500} placeholder="Asks for a special price" />
  </Form.Item>
);
