/** When nobody is disturbed, and when the day's digest goes out. */
import { Button, Form, Input, Switch } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Panel } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';

type Values = { on: boolean; from: string; to: string; dailyAt: string };

export function QuietHours() {
  const { data } = useAsk('notification.policy', {});
  if (!data) return null;
  // Anew when somebody else has changed it.
  return <Policy key={data.policy.version} {...data} />;
}

function Policy({ policy: { quiet, dailyAt, changedBy } }: { policy: Shown }) {
  const { may } = useSession();
  const { act, busy } = useAct('notification.setPolicy', 'Saved. It holds from now on.');
  const [on, setOn] = useState(quiet !== undefined);
  const save = (values: Values) =>
    void act({ quiet: values.on ? { from: values.from, to: values.to } : null, dailyAt: values.dailyAt });
  return (
    <Panel id="quiet" title="Quiet hours and digests">
      <Form<Values>
        layout="vertical"
        className="quiet-form"
        initialValues={{ on, dailyAt, from: quiet?.from ?? '21:00', to: quiet?.to ?? '08:00' }}
        onFinish={save}
        onValuesChange={(_, values) => setOn(values.on)}
        disabled={!may('notification.setPolicy')}
      >
        <Form.Item name="on" label="Quiet hours" valuePropName="checked">
          <Switch aria-label="Quiet hours" />
        </Form.Item>
        <Form.Item name="from" label="From" hidden={!on}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="to" label="To" hidden={!on}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="dailyAt" label="Daily digests at">
          <Input type="time" />
        </Form.Item>
        {may('notification.setPolicy') && (
          <Button htmlType="submit" loading={busy}>
            Set these hours
          </Button>
        )}
      </Form>
      <p className="quiet-note">
        {on
          ? 'What is not urgent waits for their end and is then sent; nothing is lost. What would come too late goes at once.'
          : 'Everything is sent at once, day and night, except to colleagues with quiet hours of their own.'}
        {changedBy && ` Last changed by ${changedBy}.`}
      </p>
    </Panel>
  );
}

type Shown = {
  quiet?: { from: string; to: string } | undefined;
  dailyAt: string;
  changedBy?: string | undefined;
};
