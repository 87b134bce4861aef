/** Connecting a channel account: what to click at the provider, what to paste where, and what the provider says to it. */
import { Alert, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { channelLabel } from '../../../shared/channel-icon.tsx';
import { Failure } from '../../../shared/failure.tsx';
import { Page, Panel } from '../../../shared/page.tsx';
import { Waiting } from '../../../shared/waiting.tsx';
import { StepFields } from './step-fields.tsx';
import { Templates } from './templates.tsx';
import { Verify } from './verify.tsx';
import '../../../styles/connect.css';

export default function Connect() {
  const { channel = '', account = '' } = useParams();
  const place = { channel, account };
  const { data, error, refetch } = useAsk('channel.guide', place);
  const check = useAsk('channel.check', place);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return (
    <Page
      title={`Connect ${channelLabel(channel)}`}
      note={
        <>
          <Link to="/settings/channels">Channels</Link> · {account}
        </>
      }
    >
      <p className="connect-intro">{data.intro}</p>
      {data.unreachable && <Alert type="warning" showIcon message={data.unreachable} />}
      {data.steps.map((step, n) => (
        <Panel key={step.title} id={`step-${n + 1}`} title={`${n + 1}. ${step.title}`}>
          <Step step={step} place={place} />
        </Panel>
      ))}
      <Panel id="verify" title={`${data.steps.length + 1}. See that it works`}>
        <Verify {...place} ask={check} />
      </Panel>
      {check.data?.items[0]?.templates && <Templates {...place} />}
    </Page>
  );
}

export type Place = { channel: string; account: string };
type GuideStep = Output<'channel.guide'>['steps'][number];

function Step({ step, place }: { step: GuideStep; place: Place }) {
  const { lines, links, copies, fields } = step;
  return (
    <div className="connect-step">
      <ol>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      {links.length > 0 && (
        <p className="connect-links">
          {links.map(({ label, url }) => (
            <a key={url} href={url} target="_blank" rel="noreferrer">
              {label}
            </a>
          ))}
        </p>
      )}
      {copies.map(({ label, text }) => (
        <div key={label} className="connect-copy">
          <strong>{label}</strong>
          <Typography.Text copyable={{ text, tooltips: ['Copy', 'Copied'] }}>
            {text.includes('\n') ? <pre>{text}</pre> : <code className="wrap">{text}</code>}
          </Typography.Text>
        </div>
      ))}
      {fields.length > 0 && <StepFields fields={fields} {...place} />}
    </div>
  );
}
