import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Input, Space } from 'antd';

/** Shown once: the server keeps only a hash of it. */
export function OneTimeLink({ name, token, onDone }: { name: string; token: string; onDone: () => void }) {
  const { message } = App.useApp();
  const link = `${location.origin}/set-password?token=${encodeURIComponent(token)}`;
  const copy = async () => {
    const copied = await navigator.clipboard?.writeText(link).then(
      () => true,
      () => false,
    );
    void message[copied ? 'success' : 'info'](
      copied ? 'Copied.' : 'Please copy it by hand: the browser does not allow it here.',
    );
  };
  return (
    <div className="one-time">
      <p>
        Give this link to <strong>{name}</strong>. It works once, for 72 hours, and is shown only now.
      </p>
      <Space.Compact style={{ width: '100%' }}>
        <Input readOnly value={link} aria-label="One-time link" onFocus={({ target }) => target.select()} />
        <Button type="primary" icon={<CopyOutlined aria-hidden />} onClick={copy}>
          Copy
        </Button>
      </Space.Compact>
      <Button block onClick={onDone} className="form-submit">
        Done
      </Button>
    </div>
  );
}
