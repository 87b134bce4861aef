/** How I am told: quiet hours of my own, gathered or each by itself, by which ways, in which browsers. */
import { Button, Checkbox, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';
import { wayLabel } from '../settings/rule-words.ts';
import { Browsers } from './browsers.tsx';
import '../../styles/notices.css';

type Mine = Output<'notification.mine'>;
type Way = Mine['preference']['off'][number];
type Values = {
  quietOn: boolean;
  from: string;
  to: string;
  digest: Mine['preference']['digest'];
  on: Way[];
};
const ways: Way[] = ['push', 'slack', 'telegram', 'whatsapp', 'sms', 'email'];

export function MyNotices() {
  const { data } = useAsk('notification.mine', {});
  return (
    <>
      {data && <Mine key={JSON.stringify(data.preference)} {...data} />}
      <Browsers />
    </>
  );
}

function Mine({ preference, quiet, timezone, waiting, nextAt }: Mine) {
  const { act, busy } = useAct('notification.setMine', 'Saved. It holds from now on.');
  const [own, setOwn] = useState(preference.quiet !== undefined);
  const save = ({ quietOn, from, to, digest, on }: Values) =>
    void act({
      quiet: quietOn ? { from, to } : null,
      digest,
      off: ways.filter((way) => !on.includes(way)),
    });
  return (
    <Form<Values>
      layout="vertical"
      className="my-notices"
      initialValues={{
        quietOn: own,
        from: preference.quiet?.from ?? '20:00',
        to: preference.quiet?.to ?? '08:00',
        digest: preference.digest,
        on: ways.filter((way) => !preference.off.includes(way)),
      }}
      onValuesChange={(_, values) => setOwn(values.quietOn)}
      onFinish={save}
    >
      <div className="row">
        <Form.Item name="quietOn" label="Quiet hours" valuePropName="checked">
          <Switch aria-label="Quiet hours of my own" />
        </Form.Item>
        <Form.Item name="from" label="From" hidden={!own}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="to" label="To" hidden={!own}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="digest" label="What is not urgent" className="grows">
          <Select
            options={[
              { value: 'asSet', label: 'comes as the organisation has set it' },
              { value: 'hourly', label: 'is gathered, one message an hour' },
              { value: 'daily', label: 'is gathered, one message a day' },
            ]}
          />
        </Form.Item>
      </div>
      <Form.Item name="on" label="Tell me by">
        <Checkbox.Group options={ways.map((value) => ({ value, label: wayLabel(value) }))} />
      </Form.Item>
      <p className="form-note">
        {quiet && `Quiet hours of the organisation: ${quiet.from} to ${quiet.to}, ${timezone}. `}
        The list under the bell has every notice at once.{' '}
        {waiting > 0 && (
          <strong>
            {waiting} {waiting === 1 ? 'waits' : 'wait'}
            {nextAt && (
              <>
                {' '}
                until <When at={nextAt} />
              </>
            )}
            .
          </strong>
        )}
      </p>
      <Button htmlType="submit" type="primary" loading={busy}>
        Save
      </Button>
    </Form>
  );
}
