/** Versions of a flow, the newest first: what each differs in from what is offered, and the way back to it. */
import { Button, Drawer, Popconfirm, Tag } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useAct } from '../../shared/use-act.ts';
import { useNarrow } from '../../shared/use-narrow.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { When } from '../../shared/when.tsx';
import { ChangeList } from './change-list.tsx';
import { shortVersion } from './words.ts';

export function VersionsDrawer({ name, close }: { name: string; close: () => void }) {
  const narrow = useNarrow();
  const { may } = useSession();
  const { data, error, refetch } = useAsk('flow.versions', { name });
  const [open, setOpen] = useState<string>();
  const { act, busy } = useAct(
    'flow.rollBack',
    ({ version }) => `Version ${shortVersion(version)} is offered again.`,
  );
  const now = data?.items.find(({ offered }) => offered)?.version;
  return (
    <Drawer open title="Versions" width={narrow ? '100%' : 640} onClose={close}>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={3} />}
      <ol className="version-list" aria-label="Versions">
        {data?.items.map(({ version, publishedAt, by, note, source, offered }) => (
          <li key={version}>
            <div className="version-head">
              <span>
                <code>{shortVersion(version)}</code> {offered && <Tag color="green">Offered</Tag>}
                <br />
                <small>
                  {source === 'files' ? 'As delivered' : by}, <When at={publishedAt} />
                  {note && ` · ${note}`}
                </small>
              </span>
              {!offered && (
                <span className="page-actions">
                  <Button size="small" onClick={() => setOpen(open === version ? undefined : version)}>
                    {open === version ? 'Close' : 'Compare'}
                  </Button>
                  {may('flow.rollBack') && (
                    <Popconfirm
                      title="Offer this version again?"
                      description="New conversations hear it from now on."
                      okText="Offer it"
                      onConfirm={() => act({ name, version })}
                    >
                      <Button size="small" loading={busy}>
                        Go back to it
                      </Button>
                    </Popconfirm>
                  )}
                </span>
              )}
            </div>
            {open === version && now && <Compared name={name} from={version} to={now} />}
          </li>
        ))}
      </ol>
    </Drawer>
  );
}

function Compared(versions: { name: string; from: string; to: string }) {
  const { data, error } = useAsk('flow.compare', versions);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting rows={2} />;
  return (
    <>
      <p className="form-note">From this version to the one that is offered:</p>
      <ChangeList changes={data} />
    </>
  );
}
