/** Goals against actuals; whoever may set them does it here. */
import { Button, InputNumber, Modal, Progress, Select } from 'antd';
import { useState } from 'react';
import type { Input } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { figureText, minorUnits } from '../../shared/money.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { useAct } from '../../shared/use-act.ts';

type GoalInput = Input<'goal.set'>;
const periods = [
  { value: 'today', label: 'a day' },
  { value: 'this-week', label: 'a week' },
  { value: 'this-month', label: 'a month' },
  { value: 'this-year', label: 'a year' },
  { value: 'this-financial-year', label: 'a financial year' },
];

export function Goals({ mayset }: { mayset: boolean }) {
  const { data } = useAsk('goal.list', {}, { keep: true });
  const [setting, setSetting] = useState(false);
  const { act } = useAct('goal.set');
  if (!data || (!data.items.length && !mayset)) return null;
  return (
    <Panel
      id="goals"
      title="Goals"
      actions={mayset && <Button onClick={() => setSetting(true)}>Set a goal</Button>}
    >
      {data.items.length ? (
        <ul className="goals">
          {data.items.map((goal) => (
            <li key={`${goal.measure}${goal.period}${goal.userId}`}>
              <span>
                <strong>{goal.label}</strong> {periods.find(({ value }) => value === goal.period)?.label}
                {goal.userName && `, ${goal.userName}`}
              </span>
              <Progress
                percent={Math.min(100, Math.round((goal.actual / goal.target) * 100))}
                showInfo={false}
                size="small"
              />
              <span className="goal-figures">
                {figureText(goal.actual, goal)} of {figureText(goal.target, goal)}
              </span>
              {mayset && (
                <Button
                  size="small"
                  type="text"
                  aria-label={`Take away the goal ${goal.label}`}
                  onClick={() =>
                    void act({ measure: goal.measure, period: goal.period, userId: goal.userId, target: 0 })
                  }
                >
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Nothing
          title="No goals yet"
          hint="Set one for all or for one person: it stands beside what was reached."
        />
      )}
      {setting && <SetGoal currency={data.currency} close={() => setSetting(false)} />}
    </Panel>
  );
}

function SetGoal({ currency, close }: { currency: string; close: () => void }) {
  const { data } = useAsk('report.list', {});
  const { act, busy } = useAct('goal.set', 'Goal set.');
  const [goal, setGoal] = useState<GoalInput>({ measure: 'call.made', period: 'today', target: 40 });
  const isMoney = data?.measures.some(({ name, money }) => name === goal.measure && money);
  const save = async () => {
    const done = await act({ ...goal, target: Number(goal.target) * (isMoney ? minorUnits(currency) : 1) });
    if (done) close();
  };
  return (
    <Modal
      open
      title="Set a goal"
      okText="Set"
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={close}
    >
      <div className="goal-form">
        <InputNumber
          aria-label="How many"
          min={1}
          value={Number(goal.target)}
          onChange={(target) => setGoal({ ...goal, target: target ?? 1 })}
        />
        <Select
          aria-label="What is counted"
          value={goal.measure}
          options={(data?.measures ?? []).map(({ name, label }) => ({ value: name, label }))}
          onChange={(measure) => setGoal({ ...goal, measure })}
        />
        <Select
          aria-label="Period"
          value={goal.period}
          options={periods}
          onChange={(period) => setGoal({ ...goal, period: period as GoalInput['period'] })}
        />
        <PersonSelect
          placeholder="For the whole organisation"
          allowClear
          value={goal.userId}
          onChange={(userId?: string) => setGoal({ ...goal, userId })}
        />
      </div>
    </Modal>
  );
}
