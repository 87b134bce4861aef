import { Form, Input } from 'antd';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { freshKey } from '../../shared/fresh-key.ts';
import type { Role } from './roles.tsx';

type Props = { open: boolean; like: Role; taken: string[]; onDone: (key?: string) => void };

/** A role begins with the rights of another one; `*` may not be copied from the administrator's unseen. */
export function NewRole({ open, like, taken, onDone }: Props) {
  return (
    <Dialog open={open} onClose={() => onDone()} title="Add a role">
      <CommandForm<'role.save', { label: string }>
        command="role.save"
        input={({ label }) => ({
          key: freshKey(label, taken, 'role'),
          label,
          assignsTo: like.assignsTo,
          grants: like.grants,
          expected: 0,
          ...(like.only && { only: like.only }),
          ...(like.fields && { fields: like.fields }),
        })}
        submit="Add"
        done={({ role }) => `${role.label} is there. Give it to colleagues under Colleagues.`}
        touches={['setting']}
        onDone={({ role }) => onDone(role.key)}
      >
        <p className="form-note">It begins with the rights of {like.label}.</p>
        <Form.Item
          name="label"
          label="Name"
          rules={[{ required: true, whitespace: true, message: 'A name, please' }]}
        >
          <Input maxLength={80} autoComplete="off" placeholder="e.g. Dealer" />
        </Form.Item>
      </CommandForm>
    </Dialog>
  );
}
