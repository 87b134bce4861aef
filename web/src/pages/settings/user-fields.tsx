import { Form, Input, Select, Switch } from 'antd';
import type { User } from '../../api/operations.ts';
import { asOptions, useChoices } from '../../shared/use-choices.ts';
import { TeamSelect } from './team-select.tsx';

type Props = { user: User | 'new' | undefined; users: User[]; teams: { id: string; name: string }[] };

/** The same fields for somebody new and for a change; the e-mail address is what they sign in with and stays. */
export function UserFields({ user, users, teams }: Props) {
  const { roles } = useChoices();
  const isNew = user === 'new';
  const managers = users.filter(
    ({ id, active }) => active && (isNew || id !== (user as User | undefined)?.id),
  );
  return (
    <>
      <Form.Item name="name" label="Name" rules={[{ required: true, message: 'Their name, please' }]}>
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="email"
        label="E-mail"
        rules={
          isNew ? [{ required: true, type: 'email', message: 'An e-mail address, to sign in with' }] : []
        }
      >
        <Input type="email" disabled={!isNew} autoComplete="off" />
      </Form.Item>
      <div className="two">
        <Form.Item name="role" label="Role" rules={[{ required: true }]}>
          <Select options={asOptions(roles)} />
        </Form.Item>
        <Form.Item name="managerId" label="Answers to">
          <Select
            allowClear
            showSearch
            optionFilterProp="label"
            placeholder="Nobody"
            options={managers.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="teamIds" label="Teams">
        <TeamSelect teams={teams} />
      </Form.Item>
      {!isNew && (
        <div className="two">
          <Form.Item
            name="absent"
            label="Absent"
            valuePropName="checked"
            extra="Gets no new leads meanwhile."
          >
            <Switch />
          </Form.Item>
          <Form.Item
            name="active"
            label="Active"
            valuePropName="checked"
            extra="Off: cannot sign in, chat accounts are unlinked."
          >
            <Switch />
          </Form.Item>
        </div>
      )}
    </>
  );
}
