/** Versions of an entry, the newest first, and the way back to one. */
import { Button, Drawer, Popconfirm, Tag } from 'antd';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { useAct } from '../../shared/use-act.ts';
import { useNarrow } from '../../shared/use-narrow.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { When } from '../../shared/when.tsx';
import { type Entry, stateWords } from './words.ts';

export function VersionsDrawer({ entry, close }: { entry: Entry; close: () => void }) {
  const narrow = useNarrow();
  const { data, error, refetch } = useAsk('knowledge.versions', { entryId: entry.id });
  const { act, busy } = useAct('knowledge.revert', 'The earlier words stand again.');
  const revert = async (version: number) => {
    if (await act({ entryId: entry.id, version })) close();
  };
  return (
    <Drawer open title="Versions" width={narrow ? '100%' : 560} onClose={close}>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={3} />}
      <ol className="entry-versions" aria-label="Versions">
        {data?.items.map(({ version, by, at, title, text, state }) => (
          <li key={version}>
            <header>
              <span>
                <strong>Version {version}</strong>{' '}
                {version === entry.version && <Tag color="green">As it stands</Tag>}
                <br />
                <small>
                  {by}, <When at={at} /> · {stateWords[state]}
                </small>
              </span>
              {version !== entry.version && (
                <Popconfirm
                  title="Take these words again?"
                  okText="Take them"
                  onConfirm={() => revert(version)}
                >
                  <Button size="small" loading={busy}>
                    Go back to it
                  </Button>
                </Popconfirm>
              )}
            </header>
            <p>{title}</p>
            <p className="entry-old">{text}</p>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
