/** A ticket from a call or a visit. The customer is told its ID where we can reach them. */
import { Form, Input, Segmented, Select } from 'antd';
import { useNavigate } from 'react-router';
import type { Input as InputOf } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { priorities } from '../../shared/priorities.ts';

type Values = InputOf<'ticket.open'>;

export default function NewTicket({ open, onClose }: { open: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const { may } = useSession();
  const { data } = useAsk('ticket.views', {}, { keep: true });
  return (
    <Dialog open={open} onClose={onClose} title="New ticket" width={560}>
      <CommandForm<'ticket.open', Values>
        command="ticket.open"
        input={(values) =>
          Object.fromEntries(
            Object.entries(values).filter(([, value]) => value !== '' && value !== undefined),
          ) as Values
        }
        initial={{ kind: 'complaint', priority: 'normal' }}
        submit="Open the ticket"
        done={({ number }) => `Ticket ${number}.`}
        touches={['contact']}
        onDone={({ ticketId }) => {
          onClose();
          navigate(`/tickets/${ticketId}`);
        }}
      >
        <Form.Item name="kind" label="What it is">
          <Segmented
            options={[
              { value: 'complaint', label: 'Complaint' },
              { value: 'case', label: 'Case' },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="description"
          label="What has happened"
          rules={[{ required: true, message: 'A line or two' }]}
        >
          <Input.TextArea rows={4} maxLength={4000} autoFocus placeholder="The printer beeps all day" />
        </Form.Item>
        <div className="form-pair">
          <Form.Item name="name" label="Customer">
            <Input maxLength={120} autoComplete="off" />
          </Form.Item>
          <Form.Item name="phone" label="Telephone">
            <Input maxLength={40} type="tel" autoComplete="off" placeholder="98450 12345" />
          </Form.Item>
        </div>
        <div className="form-pair">
          <Form.Item name="email" label="E-mail">
            <Input maxLength={320} type="email" autoComplete="off" />
          </Form.Item>
          <Form.Item name="category" label="About">
            <Select
              allowClear
              placeholder="Choose"
              options={data?.categories.map(({ key, label }) => ({ value: key, label }))}
            />
          </Form.Item>
        </div>
        <Form.Item name="priority" label="Priority">
          <Segmented options={[...priorities]} />
        </Form.Item>
        {may('ticket.assign') && (
          <Form.Item
            name="assigneeId"
            label="Give it to"
            extra="Left empty, whoever looks after the customer gets it, else the next in turn."
          >
            <PersonSelect allowClear />
          </Form.Item>
        )}
      </CommandForm>
    </Dialog>
  );
}
