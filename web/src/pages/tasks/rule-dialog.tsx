/** One rule: what happens, for which leads, who gets which task, until when. */
import { Button, Form, Input, InputNumber, Segmented, Select } from 'antd';
import type { Output } from '../../api/operations.ts';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { freshKey } from '../../shared/fresh-key.ts';
import { priorities } from '../../shared/priorities.ts';
import { useAct } from '../../shared/use-act.ts';
import { useChoices } from '../../shared/use-choices.ts';
import { Who } from './who.tsx';

type Rules = Output<'task.rules'>;
type Rule = Rules['rules'][number];
type Values = Omit<Rule, 'to' | 'when' | 'key' | 'enabled'> & {
  who: string;
  source?: string[];
  product?: string[];
};

export const causeWords: Record<Rule['on'], string> = {
  'lead.assigned': 'A lead is handed over',
  'lead.reengaged': 'A lead is back',
  'lead.lost': 'A lead is lost',
  'lead.won': 'A lead is won',
  'appointment.confirmed': 'An appointment is confirmed',
  'appointment.completed': 'An appointment took place',
  'appointment.missed': 'A client did not come',
  'ticket.opened': 'A ticket is opened',
};
export const whoWords = (to: Rule['to']): string =>
  to === 'caller' ? 'Whoever has the lead' : to === 'manager' ? 'Their manager' : 'A colleague';
export const dueWords = (minutes: number): string =>
  minutes % 60 ? `${minutes} min of office time` : `${minutes / 60} h of office time`;

type Props = {
  rule: Rule | undefined;
  rules: Rule[];
  version: number;
  fields: Rules['fields'];
  onClose: () => void;
};

export function RuleDialog({ rule, rules, version, fields, onClose }: Props) {
  const { sources, products } = useChoices();
  const remove = useAct('task.saveRules', 'Removed.');
  const initial: Partial<Values> = rule
    ? {
        ...rule,
        who: typeof rule.to === 'object' ? rule.to.userId : rule.to,
        ...rule.when,
      }
    : { on: 'lead.assigned', who: 'caller', dueMinutes: 60, priority: 'normal' };
  return (
    <Dialog open onClose={onClose} title={rule ? rule.label : 'New rule'} width={600}>
      <CommandForm<'task.saveRules', Values>
        command="task.saveRules"
        input={(values) => {
          const changed = ruleOf(values, rule, rules);
          const others = rules.filter(({ key }) => key !== changed.key);
          const place = rule ? rules.findIndex(({ key }) => key === rule.key) : others.length;
          return { rules: others.toSpliced(place, 0, changed), expected: version };
        }}
        initial={initial}
        submit="Save"
        done="Saved."
        onDone={onClose}
      >
        <Form.Item name="label" label="Name of the rule" rules={[{ required: true, message: 'A few words' }]}>
          <Input maxLength={120} autoFocus placeholder="Proposal after a demo" />
        </Form.Item>
        <Form.Item name="on" label="When">
          <Select options={Object.entries(causeWords).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <div className="two">
          <Form.Item name="source" label="Only from">
            <Select mode="tags" placeholder="Any source" options={named(sources)} />
          </Form.Item>
          <Form.Item name="product" label="Only for">
            <Select mode="tags" placeholder="Any product" options={named(products)} />
          </Form.Item>
        </div>
        <Form.Item name="who" label="Who gets the task">
          <Who label="Who gets the task" />
        </Form.Item>
        <Form.Item
          name="title"
          label="Task"
          extra={`In braces: ${fields.map(({ name }) => `{${name}}`).join(' ')}`}
          rules={[{ required: true, message: 'What is to be done' }]}
        >
          <Input maxLength={200} placeholder="Send the proposal to {name} ({lead})" />
        </Form.Item>
        <Form.Item name="note" label="More about it">
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <div className="two">
          <Form.Item name="dueMinutes" label="Due after minutes of office time">
            <InputNumber min={0} max={43_200} step={30} inputMode="numeric" />
          </Form.Item>
          <Form.Item name="priority" label="Priority">
            <Segmented options={[...priorities]} />
          </Form.Item>
        </div>
      </CommandForm>
      {rule && (
        <Button
          danger
          type="text"
          loading={remove.busy}
          onClick={async () => {
            const left = rules.filter(({ key }) => key !== rule.key);
            if (await remove.act({ rules: left, expected: version })) onClose();
          }}
        >
          Remove this rule
        </Button>
      )}
    </Dialog>
  );
}

function ruleOf({ who, source, product, ...values }: Values, rule: Rule | undefined, rules: Rule[]): Rule {
  const filled = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== '' && value !== undefined && value !== null),
  ) as typeof values;
  return {
    ...filled,
    key:
      rule?.key ??
      freshKey(
        values.label,
        rules.map(({ key }) => key),
        'rule',
      ),
    enabled: rule?.enabled ?? true,
    to: who === 'caller' || who === 'manager' ? who : { userId: who },
    when: { ...(source?.length && { source }), ...(product?.length && { product }) },
  };
}

const named = (names: string[]) => names.map((name) => ({ value: name, label: name }));
