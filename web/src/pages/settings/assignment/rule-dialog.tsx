import { Button, Form, Input, Select } from 'antd';
import { Dialog } from '../../../shared/dialog.tsx';
import { asIs, useChoices } from '../../../shared/use-choices.ts';
import { conditions, type Names, type Rule } from './words.ts';

type Props = {
  rule: Rule | 'new' | undefined;
  names: Names;
  onKeep: (rule: Rule) => void;
  onClose: () => void;
};
type Values = { label: string; when: Partial<Record<string, string[]>>; to: Rule['to'] };

const nobody: Rule['to'] = { users: [], teams: [], roles: [] };

export function RuleDialog({ rule, names, onKeep, onClose }: Props) {
  const [form] = Form.useForm<Values>();
  const { sources, products } = useChoices();
  const known: Partial<Record<string, string[]>> = { source: sources, product: products };
  const options = (map: Map<string, string>) => [...map].map(([value, label]) => ({ value, label }));
  const finish = ({ label, when, to }: Values) => {
    const named = Object.fromEntries(Object.entries(when).filter(([, values]) => values?.length));
    const problems: { name: string[]; errors: string[] }[] = [];
    if (!Object.keys(named).length)
      problems.push({ name: ['when', 'source'], errors: ['Name at least one thing to go by'] });
    if (!Object.values(to).some(({ length }) => length))
      problems.push({ name: ['to', 'users'], errors: ['Name somebody'] });
    if (problems.length) return form.setFields(problems as never);
    onKeep({ label, when: named as Rule['when'], to });
  };
  return (
    <Dialog
      open={rule !== undefined}
      onClose={onClose}
      title={rule === 'new' ? 'Add a rule' : 'Change the rule'}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={rule === 'new' ? { when: {}, to: nobody } : (rule as object)}
        onFinish={finish}
      >
        <Form.Item name="label" label="Name" rules={[{ required: true, message: 'A name, to tell it by' }]}>
          <Input maxLength={80} autoComplete="off" placeholder="e.g. Chennai dealers" />
        </Form.Item>
        <fieldset>
          <legend>When all of these fit</legend>
          {conditions.map(({ key, label }) => (
            <Form.Item key={key} name={['when', key]} label={label}>
              <Select
                mode="tags"
                placeholder="Any"
                tokenSeparators={[',']}
                options={asIs(known[key] ?? [])}
                notFoundContent={null}
              />
            </Form.Item>
          ))}
        </fieldset>
        <fieldset>
          <legend>It goes to one of these, in turn</legend>
          <Form.Item name={['to', 'users']} label="Colleagues, dealers, agents">
            <Select mode="multiple" optionFilterProp="label" options={options(names.users)} />
          </Form.Item>
          <div className="two">
            <Form.Item name={['to', 'teams']} label="Teams">
              <Select mode="multiple" optionFilterProp="label" options={options(names.teams)} />
            </Form.Item>
            <Form.Item name={['to', 'roles']} label="Everybody with the role">
              <Select mode="multiple" optionFilterProp="label" options={options(names.roles)} />
            </Form.Item>
          </div>
        </fieldset>
        <Button type="primary" htmlType="submit" block>
          {rule === 'new' ? 'Add' : 'Change'}
        </Button>
      </Form>
    </Dialog>
  );
}
