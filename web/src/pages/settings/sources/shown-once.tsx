/** Address and secret, to be copied now: the secret is not shown again. */
import { Alert, Button, Typography } from 'antd';
import type { Output } from '../../../api/operations.ts';

export function ShownOnce({ made, onClose }: { made: Output<'source.create'>; onClose: () => void }) {
  const { source, secret } = made;
  return (
    <div className="source-once">
      <Alert
        type="warning"
        showIcon
        message="Copy the secret now"
        description="It is shown this once. Whoever has it can send leads; a new one can be made at any time."
      />
      <dl>
        <dt>Address</dt>
        <dd>
          <Typography.Text copyable={{ text: source.address }} code className="wrap">
            {source.address}
          </Typography.Text>
        </dd>
        <dt>{source.kind === 'google' ? 'Key' : 'Secret'}</dt>
        <dd>
          <Typography.Text copyable={{ text: secret }} code className="wrap">
            {secret}
          </Typography.Text>
        </dd>
      </dl>
      {source.kind === 'google' ? (
        <ol>
          <li>
            In Google Ads open the lead form, then “Export leads from Google Ads”, “Other data integration
            options”.
          </li>
          <li>Paste the address as webhook URL and the key as key.</li>
          <li>Press “Send test data”: it appears below as a test.</li>
        </ol>
      ) : (
        <p>
          Requests are signed by the Standard Webhooks scheme: the headers <code>webhook-id</code>,{' '}
          <code>webhook-timestamp</code> and <code>webhook-signature</code>. The guide has an example.
        </p>
      )}
      <Button type="primary" block onClick={onClose}>
        I have copied it
      </Button>
    </div>
  );
}
