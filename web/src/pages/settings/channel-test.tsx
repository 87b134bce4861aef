/** A message that somebody can look at: sent by the account, and what became of it. */
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { useAct } from '../../shared/use-act.ts';

/** Nothing can be sent to an address there. */
const silent = new Set(['push', 'telephony', 'webchat']);
export const isTestable = (channel: string): boolean => !silent.has(channel);

type Props = { channel: string; account: string };

export function ChannelTest({ channel, account }: Props) {
  const [open, setOpen] = useState(false);
  const [testId, setTestId] = useState<string>();
  const test = useAct('channel.test');
  const close = () => {
    setOpen(false);
    setTestId(undefined);
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Send a test
      </Button>
      <Modal
        title={`A test by ${channelLabel(channel)} (${account})`}
        open={open}
        onCancel={close}
        footer={null}
        destroyOnHidden
      >
        <Form
          layout="vertical"
          onFinish={async ({ to }: { to: string }) =>
            setTestId((await test.act({ channel, account, to }))?.testId)
          }
        >
          <Form.Item
            name="to"
            label="To whom"
            extra={hints[channel] ?? 'As the channel knows them.'}
            rules={[{ required: true, message: 'Say to whom.' }]}
          >
            <Input maxLength={320} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={test.busy} block>
            Send
          </Button>
        </Form>
        {testId && <Outcome testId={testId} />}
      </Modal>
    </>
  );
}

const hints: Record<string, string> = {
  whatsapp: 'A number with its country, of somebody who wrote to you in the last 24 hours.',
  email: 'A mail address.',
  sms: 'A mobile number with its country.',
  telegram: 'The number of a chat: of somebody who has written to the bot.',
  facebook: 'The number by which the page knows somebody who wrote in the last 24 hours.',
  slack: 'Team and member: T0123:U0456.',
};

const words: Record<string, string> = {
  queued: 'Waits to be sent …',
  sending: 'Is being sent …',
  ambiguous: 'Sent, but the provider’s answer was lost: look whether it arrived.',
  sent: 'The provider took it.',
  delivered: 'It was delivered.',
  read: 'It was read.',
  failed: 'It was not sent',
};

function Outcome({ testId }: { testId: string }) {
  const { data } = useAsk('channel.tested', { testId }, { keep: true, everyMs: 2_000 });
  if (!data) return null;
  return (
    <p role="status" className={data.status === 'failed' ? 'problem' : undefined}>
      {words[data.status]}
      {data.error ? `: ${data.error}` : ''}
    </p>
  );
}
