import { Form, Input } from 'antd';
import { CommandForm } from '../../../shared/command-form.tsx';
import { Dialog } from '../../../shared/dialog.tsx';
import { newKey, type Pipeline } from './edit.ts';

type Props = { of: Pipeline | undefined; taken: string[]; onDone: (name?: string) => void };

/** A pipeline of one's own begins as a copy; nobody goes by it before it is put in use. */
export function CopyDialog({ of, taken, onDone }: Props) {
  return (
    <Dialog open={of !== undefined} onClose={() => onDone()} title={`Copy ${of?.label ?? ''}`}>
      {of && (
        <CommandForm<'pipeline.save', { label: string }>
          command="pipeline.save"
          input={({ label }) => ({
            pipeline: { ...of, name: newKey(label, taken), label },
            expected: 0,
          })}
          submit="Copy"
          done={({ pipeline }) => `${pipeline.label} is there, and not in use yet.`}
          onDone={({ pipeline }) => onDone(pipeline.name)}
        >
          <Form.Item
            name="label"
            label="Name of the new one"
            rules={[{ required: true, whitespace: true, message: 'A name, please' }]}
          >
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
        </CommandForm>
      )}
    </Dialog>
  );
}
