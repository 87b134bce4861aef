import { Form, Mentions } from 'antd';
import type { Lead } from '../api/operations.ts';
import { useAsk } from '../api/use-ask.ts';
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
  const { data: people } = useAsk('task.people', {}, { keep: true, enabled: open });
  return (
    <Dialog open={open} onClose={onClose} title={`Note on ${lead.name}`}>
      <CommandForm<'note.add', { note: string }>
        command="note.add"
        input={({ note }) => ({ leadId: lead.id, note })}
        submit="Add the note"
        done={({ told, notTold }) =>
          [
            'Note added.',
            told.length > 0 && `${told.join(', ')} told.`,
            notTold.length > 0 && `${notTold.join(', ')} may not see this lead and was not told.`,
          ]
            .filter(Boolean)
            .join(' ')
        }
        touches={['contact', 'lead']}
        onDone={onClose}
      >
        <Form.Item name="note" label="Note" rules={[{ required: true, message: 'Write something' }]}>
          <Mentions
            rows={4}
            maxLength={4000}
            autoFocus
            placeholder="Prefers Hindi; call after six. @ names a colleague, who is told"
            options={people?.items.map(({ name }) => ({ value: name, label: name }))}
          />
        </Form.Item>
      </CommandForm>
    </Dialog>
  );
}
