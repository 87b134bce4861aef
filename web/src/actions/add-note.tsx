import { Form, Input } from 'antd';
import type { Lead } from '../api/operations.ts';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';

export function AddNote({
  lead,
  open,
  onClose,
}: {
  lead: Pick<Lead, 'id' | 'name'>;
  open: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title={`Note on ${lead.name}`}>
      <CommandForm<'note.add', { note: string }>
        command="note.add"
        input={({ note }) => ({ leadId: lead.id, note })}
        submit="Add the note"
        done="Note added."
        touches={['contact', 'lead']}
        onDone={onClose}
      >
        <Form.Item name="note" label="Note" rules={[{ required: true, message: 'Write something' }]}>
          <Input.TextArea rows={4} maxLength={4000} autoFocus placeholder="Prefers Hindi; call after six" />
        </Form.Item>
      </CommandForm>
    </Dialog>
  );
}
