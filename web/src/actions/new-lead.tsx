/** A lead entered by hand. It goes through the same check as any enquiry: what comes of it is said afterwards. */
import { App, Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import type { Input as InputOf, Output } from '../api/operations.ts';
import { useSession } from '../session/session.tsx';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { PersonSelect } from '../shared/person-select.tsx';
import { LeadFields } from './lead-fields.tsx';

type Values = InputOf<'lead.create'>;

export default function NewLead({ open, onClose }: { open: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const { notification } = App.useApp();
  const { may } = useSession();
  const done = ({ verdict, evidence, lead }: Output<'lead.create'>) => {
    onClose();
    if (verdict !== 'new')
      notification.info({ message: words[verdict], description: evidence[0]?.text, placement: 'topRight' });
    if (lead) navigate(`/leads/${lead.id}`);
  };
  return (
    <Dialog open={open} onClose={onClose} title="New lead" width={560}>
      <CommandForm<'lead.create', Values>
        command="lead.create"
        input={(values) =>
          Object.fromEntries(
            Object.entries(values).filter(([, value]) => value !== '' && value !== undefined),
          ) as Values
        }
        initial={{ source: 'Manual' }}
        submit="Add the lead"
        done={({ lead }) => (lead ? `Lead #${lead.number}.` : 'Enquiry recorded.')}
        touches={['contact', 'enquiry']}
        onDone={done}
      >
        <LeadFields />
        {may('lead.assign') && (
          <Form.Item name="assigneeId" label="Give it to" extra="Left empty, the next in turn gets it.">
            <PersonSelect allowClear />
          </Form.Item>
        )}
        <Form.Item name="note" label="What they want">
          <Input.TextArea rows={3} maxLength={4000} />
        </Form.Item>
      </CommandForm>
    </Dialog>
  );
}

const words = {
  new: 'A new lead',
  reengaged: 'This customer is back: their lead is active again',
  duplicate: 'This enquiry was already there',
  junk: 'Set aside as junk',
};
