/** One source: how its leads are read, its secret, what it has delivered. */
import { App, Button, Typography } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import { Dialog } from '../../../shared/dialog.tsx';
import { Failure } from '../../../shared/failure.tsx';
import { Page, Panel } from '../../../shared/page.tsx';
import { useAct } from '../../../shared/use-act.ts';
import { Waiting } from '../../../shared/waiting.tsx';
import { When } from '../../../shared/when.tsx';
import { OnSwitch } from '../on-switch.tsx';
import { Deliveries } from './deliveries.tsx';
import { Mapping } from './mapping.tsx';
import { ShownOnce } from './shown-once.tsx';
import { kindLabels } from './sources.tsx';
import '../../../styles/sources.css';

export default function OneSource() {
  const { sourceId = '' } = useParams();
  const { may } = useSession();
  const { data, error, refetch } = useAsk('source.get', { sourceId });
  const update = useAct('source.update', 'Saved.');
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const mayChange = may('source.update');
  return (
    <Page
      title={data.name}
      note={
        <>
          <Link to="/settings/sources">Sources</Link> · {kindLabels[data.kind]}
        </>
      }
      actions={
        mayChange && (
          <OnSwitch
            label="Takes leads"
            isOn={data.isOn}
            busy={update.busy}
            onChange={(isOn) => void update.act({ sourceId, isOn })}
          />
        )
      }
    >
      {data.fault && (
        <p className="problem" role="status">
          Turned away <When at={data.fault.at} as="ago" />: {data.fault.words}
        </p>
      )}
      <Panel id="address" title="Address and secret">
        <Access source={data} mayChange={mayChange} />
      </Panel>
      <Panel id="mapping" title="What its fields are">
        <Mapping key={JSON.stringify(data.fields)} source={data} mayChange={mayChange} />
      </Panel>
      <Panel id="deliveries" title="Last deliveries">
        <Deliveries sourceId={sourceId} mayChange={mayChange} />
      </Panel>
    </Page>
  );
}

type Source = Output<'source.get'>;

function Access({ source, mayChange }: { source: Source; mayChange: boolean }) {
  const { modal } = App.useApp();
  const [made, setMade] = useState<Output<'source.create'>>();
  const renew = useAct('source.renewSecret');
  const withdraw = useAct('source.withdrawSecret', 'Only the newest secret is valid now.');
  const { id: sourceId, address, secrets } = source;
  return (
    <div className="source-access">
      <Typography.Text copyable={{ text: address }} code className="wrap">
        {address}
      </Typography.Text>
      <p>
        {secrets.length > 1 ? 'Two secrets are valid' : 'One secret is valid'}; the newest was made{' '}
        {secrets[0] && <When at={secrets[0].madeAt} as="ago" />}.
      </p>
      {mayChange && (
        <p className="source-buttons">
          <Button
            onClick={async () => {
              const done = await renew.act({ sourceId });
              if (done) setMade(done);
            }}
            loading={renew.busy}
          >
            Make a new secret
          </Button>
          {secrets.length > 1 && (
            <Button
              danger
              loading={withdraw.busy}
              onClick={() =>
                modal.confirm({
                  title: 'Withdraw the old secret?',
                  content: 'Whoever still signs with it is turned away from now on.',
                  okText: 'Withdraw',
                  onOk: () => withdraw.act({ sourceId }),
                })
              }
            >
              Withdraw the old one
            </Button>
          )}
        </p>
      )}
      <Dialog open={made !== undefined} title="New secret" onClose={() => setMade(undefined)} width={560}>
        {made && <ShownOnce made={made} onClose={() => setMade(undefined)} />}
      </Dialog>
    </div>
  );
}
