/** Notices as text messages: a code goes to the number, and is entered here. */
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';

export function LinkMobile() {
  const { user } = useSession();
  const [to, setTo] = useState<string>();
  const [wrong, setWrong] = useState(false);
  const send = useAct('link.text');
  const confirm = useAct('link.confirmText');
  if (user.linked.some(({ channel }) => channel === 'sms')) return null;
  if (to)
    return (
      <Form
        layout="vertical"
        className="account-form"
        onFinish={async ({ code }: { code: string }) => {
          const done = await confirm.act({ code });
          setWrong(done?.linked === false);
          if (done?.linked) setTo(undefined);
        }}
      >
        <Form.Item
          name="code"
          label={`Code that was sent to ${to}`}
          validateStatus={wrong ? 'error' : ''}
          help={wrong ? 'This code is wrong or has expired.' : undefined}
          rules={[{ required: true, message: 'Enter the code.' }]}
        >
          <Input autoComplete="one-time-code" maxLength={20} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.busy}>
          Link
        </Button>
      </Form>
    );
  return (
    <Form
      layout="vertical"
      className="account-form"
      onFinish={async ({ phone }: { phone: string }) => setTo((await send.act({ phone }))?.to)}
    >
      <Form.Item
        name="phone"
        label="Mobile number for notices by text message"
        rules={[{ required: true, message: 'Which number?' }]}
      >
        <Input type="tel" autoComplete="tel" maxLength={40} />
      </Form.Item>
      <Button htmlType="submit" loading={send.busy}>
        Send a code
      </Button>
    </Form>
  );
}
