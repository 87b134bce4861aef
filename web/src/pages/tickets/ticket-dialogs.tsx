/** What is done on a ticket in a dialogue. */
import { Checkbox, Form, Input } from 'antd';
import type { Ticket } from '../../api/operations.ts';
import { AssignFields } from '../../shared/assign-fields.tsx';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';

export type TicketAction = 'reply' | 'note' | 'resolve' | 'reopen' | 'assign';
type Props = { ticket: Ticket; action: TicketAction | undefined; onClose: () => void };

export function TicketDialogs(props: Props) {
  return (
    <>
      <Reply {...props} />
      <Note {...props} />
      <Resolve {...props} />
      <Reopen {...props} />
      <Assign {...props} />
    </>
  );
}

const Reply = ({ ticket, action, onClose }: Props) => (
  <Dialog open={action === 'reply'} onClose={onClose} title={`Write to ${ticket.name}`}>
    <CommandForm<'ticket.reply', { text: string; wait?: boolean }>
      command="ticket.reply"
      input={({ text, wait = false }) => ({ ticketId: ticket.id, text, wait })}
      submit="Send"
      done={({ sent }) =>
        sent ? 'Sent.' : 'Not sent: the customer has written on no channel and left no e-mail.'
      }
      touches={['conversation', 'contact']}
      onDone={onClose}
    >
      <Form.Item name="text" label="Message" rules={[{ required: true, message: 'Write something' }]}>
        <Input.TextArea
          rows={5}
          maxLength={3500}
          autoFocus
          placeholder="Our technician comes tomorrow at 11"
        />
      </Form.Item>
      <Form.Item name="wait" valuePropName="checked">
        <Checkbox>Wait for the answer; the clock stops until it comes</Checkbox>
      </Form.Item>
    </CommandForm>
  </Dialog>
);

const Note = ({ ticket, action, onClose }: Props) => (
  <Dialog open={action === 'note'} onClose={onClose} title={`Note on ${ticket.number}`}>
    <CommandForm<'ticket.note', { note: string }>
      command="ticket.note"
      input={({ note }) => ({ ticketId: ticket.id, note })}
      submit="Add the note"
      done="Note added."
      onDone={onClose}
    >
      <Form.Item
        name="note"
        label="Note, for colleagues only"
        rules={[{ required: true, message: 'Write something' }]}
      >
        <Input.TextArea
          rows={4}
          maxLength={4000}
          autoFocus
          placeholder="Spare part ordered, comes on Friday"
        />
      </Form.Item>
    </CommandForm>
  </Dialog>
);

const Resolve = ({ ticket, action, onClose }: Props) => (
  <Dialog open={action === 'resolve'} onClose={onClose} title={`Resolve ${ticket.number}`}>
    <CommandForm<'ticket.resolve', { solution: string }>
      command="ticket.resolve"
      input={({ solution }) => ({ ticketId: ticket.id, solution })}
      submit="Resolve"
      done={({ ticket: { number } }) => `${number} is resolved.`}
      touches={['contact', 'conversation']}
      onDone={onClose}
    >
      <Form.Item
        name="solution"
        label="What solved it"
        extra="The customer is told, in these words."
        rules={[{ required: true, message: 'The customer wants to know' }]}
      >
        <Input.TextArea rows={4} maxLength={2000} autoFocus placeholder="The driver was replaced." />
      </Form.Item>
    </CommandForm>
  </Dialog>
);

const Reopen = ({ ticket, action, onClose }: Props) => (
  <Dialog open={action === 'reopen'} onClose={onClose} title={`Open ${ticket.number} again`}>
    <CommandForm<'ticket.reopen', { reason?: string }>
      command="ticket.reopen"
      input={({ reason }) => ({ ticketId: ticket.id, ...(reason && { reason }) })}
      submit="Open it again"
      done="It is open again."
      touches={['contact']}
      onDone={onClose}
    >
      <Form.Item name="reason" label="Why">
        <Input.TextArea rows={3} maxLength={2000} autoFocus placeholder="The fault is back" />
      </Form.Item>
    </CommandForm>
  </Dialog>
);

const Assign = ({ ticket, action, onClose }: Props) => (
  <Dialog open={action === 'assign'} onClose={onClose} title={`Who should take ${ticket.number}?`}>
    <CommandForm<'ticket.assign', { assigneeId?: string; reason?: string }>
      command="ticket.assign"
      input={({ assigneeId, reason }) => ({
        ticketId: ticket.id,
        assigneeId: assigneeId ?? '',
        ...(reason && { reason }),
      })}
      initial={ticket.assigneeId ? { assigneeId: ticket.assigneeId } : {}}
      submit="Give it to them"
      done={({ ticket: changed }) => `Now with ${changed.assigneeName ?? 'them'}.`}
      onDone={onClose}
    >
      <AssignFields />
    </CommandForm>
  </Dialog>
);
