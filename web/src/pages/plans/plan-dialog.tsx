/** One plan: of whom, counted from what, how often, what is to be done; and whom it would take up now. */
import { Alert, Button, Form, Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ask } from '../../api/client.ts';
import type { Input as InputOf, Output } from '../../api/operations.ts';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { freshKey } from '../../shared/fresh-key.ts';
import { day } from '../../shared/time.ts';
import { useAct } from '../../shared/use-act.ts';
import { asIs, useChoices } from '../../shared/use-choices.ts';
import { Who } from '../tasks/who.tsx';
import { anchorWords, criteria, criteriaWords, kindWords, type Plan, unitWords } from './words.ts';

type Values = Pick<Plan, 'label' | 'of' | 'from' | 'daysAhead' | 'repeats' | 'note' | 'perDay'> &
  Partial<Record<(typeof criteria)[number], string[]>> & {
    count: number;
    unit: Plan['after']['unit'];
    who: string;
  };
type Sent = InputOf<'plan.preview'>['plan'];
type Preview = Output<'plan.preview'>;

type Props = {
  plan: Plan | undefined;
  plans: Plan[];
  version: number;
  fields: string[];
  onClose: () => void;
};

export function PlanDialog({ plan, plans, version, fields, onClose }: Props) {
  const { sources, products } = useChoices();
  const remove = useAct('plan.save', 'Removed.');
  const initial: Partial<Values> = plan
    ? {
        ...plan,
        ...plan.when,
        ...plan.after,
        who: typeof plan.to === 'object' ? plan.to.userId : plan.to,
      }
    : {
        ...{ of: 'won', from: 'lastActivity', count: 3, unit: 'months', repeats: true },
        ...{ daysAhead: 0, perDay: 20, who: 'caller' },
      };
  const known: Partial<Record<string, string[]>> = { source: sources, product: products };
  return (
    <Dialog open onClose={onClose} title={plan ? plan.label : 'New plan'} width={640}>
      <CommandForm<'plan.save', Values>
        command="plan.save"
        input={(values) => {
          const changed = planOf(values, plan, plans);
          const others: Sent[] = plans.filter(({ key }) => key !== changed.key);
          const place = plan ? plans.findIndex(({ key }) => key === plan.key) : others.length;
          return { plans: others.toSpliced(place, 0, changed), expected: version };
        }}
        initial={initial}
        submit="Save"
        done="Saved."
        onDone={onClose}
      >
        <Form.Item name="label" label="Name of the plan" rules={[{ required: true, message: 'A few words' }]}>
          <Input maxLength={120} autoFocus placeholder="Regular customers" />
        </Form.Item>
        <Form.Item name="of" label="For">
          <Segmented options={options(kindWords)} />
        </Form.Item>
        <div className="two">
          {criteria.map((name) => (
            <Form.Item key={name} name={name} label={criteriaWords[name]}>
              <Select mode="tags" placeholder="Any" options={asIs(known[name] ?? [])} />
            </Form.Item>
          ))}
        </div>
        <div className="two">
          <Form.Item name="count" label="After" rules={[{ required: true, message: 'A number' }]}>
            <InputNumber min={1} max={120} inputMode="numeric" />
          </Form.Item>
          <Form.Item name="unit" label="Counted in">
            <Select options={Object.entries(unitWords).map(([value, [, label]]) => ({ value, label }))} />
          </Form.Item>
        </div>
        <div className="two">
          <Form.Item name="from" label="Counted from">
            <Select options={options(anchorWords)} />
          </Form.Item>
          <Form.Item
            name="daysAhead"
            label="Days sooner"
            extra="To speak of a renewal before the year is over."
          >
            <InputNumber min={0} max={180} inputMode="numeric" />
          </Form.Item>
        </div>
        <Form.Item name="repeats" label="Again and again" valuePropName="checked">
          <Switch aria-label="Again and again" />
        </Form.Item>
        <Form.Item
          name="note"
          label="What is to be done"
          extra={`In braces: ${fields.map((name) => `{${name}}`).join(' ')}`}
          rules={[{ required: true, message: 'A few words' }]}
        >
          <Input maxLength={200} placeholder="Ask {name} what they need next" />
        </Form.Item>
        <div className="two">
          <Form.Item
            name="who"
            label="Who does it"
            extra="Leads being worked get a follow-up, which is always with whoever has them; others a task."
          >
            <Who label="Who does it" />
          </Form.Item>
          <Form.Item name="perDay" label="At most a day" extra="Those that wait longest first.">
            <InputNumber min={1} max={1000} inputMode="numeric" />
          </Form.Item>
        </div>
        <Form.Item noStyle shouldUpdate>
          {({ getFieldsValue }) => <Now read={() => planOf(getFieldsValue(true), plan, plans)} />}
        </Form.Item>
      </CommandForm>
      {plan && (
        <Button
          danger
          type="text"
          loading={remove.busy}
          onClick={async () => {
            const left = plans.filter(({ key }) => key !== plan.key);
            if (await remove.act({ plans: left, expected: version })) onClose();
          }}
        >
          Remove this plan
        </Button>
      )}
    </Dialog>
  );
}

/** Whom it would take up today, as it stands in the form. */
function Now({ read }: { read: () => Sent }) {
  const [found, setFound] = useState<Preview | { problem: string }>();
  const [busy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    try {
      setFound(await ask('plan.preview', { plan: read() }));
    } catch (error) {
      setFound({ problem: (error as Error).message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button onClick={() => void look()} loading={busy}>
        Whom would it take up today?
      </Button>
      {found && 'problem' in found && (
        <Alert className="form-problem" type="warning" showIcon message={found.problem} />
      )}
      {found && 'items' in found && (
        <Alert
          className="form-problem"
          type="info"
          message={found.total ? `${found.total}${found.more ? ' and more' : ''}` : 'Nobody today'}
          description={
            found.total > 0 && (
              <ul>
                {found.items.map(({ leadId, number, name, dueAt, note }) => (
                  <li key={leadId}>
                    <Link to={`/leads/${leadId}`}>
                      #{number} {name}
                    </Link>
                    , due {day(dueAt)}: {note}
                  </li>
                ))}
              </ul>
            )
          }
        />
      )}
    </>
  );
}

function planOf(values: Values, plan: Plan | undefined, plans: Plan[]): Sent {
  const { who, count, unit, label, of, from, repeats, note } = values;
  return {
    key:
      plan?.key ??
      freshKey(
        label ?? '',
        plans.map(({ key }) => key),
        'plan',
      ),
    enabled: plan?.enabled ?? true,
    label,
    of,
    from,
    note,
    repeats: Boolean(repeats),
    after: { count, unit },
    daysAhead: values.daysAhead ?? 0,
    perDay: values.perDay ?? 20,
    to: who === 'caller' || who === 'manager' ? who : { userId: who },
    when: Object.fromEntries(
      criteria.flatMap((name) => (values[name]?.length ? [[name, values[name]]] : [])),
    ),
  };
}

const options = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
