import { PlayCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';

type Call = Pick<Output<'call.list'>['items'][number], 'id' | 'recording' | 'leadName'>;

/** An address for five minutes, asked for by a press: each listening stands in the audit. */
export function Recording({ call }: { call: Call }) {
  const { may } = useSession();
  const [url, setUrl] = useState<string>();
  const listen = useAct('recording.listen');
  const retry = useAct('recording.retry', 'It is fetched again.');
  const { recording } = call;
  if (!recording || !may('recording.listen')) return null;
  if (recording.state === 'waiting') return <span className="quiet">on its way</span>;
  if (recording.state === 'failed')
    return (
      <Button size="small" loading={retry.busy} onClick={() => void retry.act({ callId: call.id })}>
        Fetch again
      </Button>
    );
  if (url)
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said.
      <audio controls autoPlay src={url} className="recording" onError={() => setUrl(undefined)} />
    );
  return (
    <Button
      size="small"
      icon={<PlayCircleOutlined aria-hidden />}
      aria-label={`Listen to the call with ${call.leadName}`}
      loading={listen.busy}
      onClick={async () => setUrl((await listen.act({ callId: call.id }))?.url)}
    >
      Listen
    </Button>
  );
}
