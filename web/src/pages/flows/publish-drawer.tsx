/** The draft beside what is offered, and its publication. */
import { Alert, Button, Drawer, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useAct } from '../../shared/use-act.ts';
import { useNarrow } from '../../shared/use-narrow.ts';
import { ChangeList } from './change-list.tsx';
import { FaultList } from './fault-list.tsx';
import type { Changes } from './types.ts';
import { shortVersion } from './words.ts';

export function PublishDrawer(props: {
  name: string;
  changes: Changes;
  faults: string[];
  mayPublish: boolean;
  close: () => void;
}) {
  const { name, changes, faults, close } = props;
  const narrow = useNarrow();
  const [note, setNote] = useState('');
  const publish = useAct('flow.publish', ({ version }) => `Version ${shortVersion(version)} is offered now.`);
  const drop = useAct('flow.dropDraft', 'The draft is dropped.');
  const run = async () => {
    // Against the version that is compared here: who published meanwhile is not overwritten unseen.
    const done = await publish.act({
      name,
      expected: changes.from,
      ...(note.trim() && { note: note.trim() }),
    });
    if (done) close();
  };
  return (
    <Drawer open title="Changes to publish" width={narrow ? '100%' : 640} onClose={close}>
      {faults.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="flow-faults"
          message="Something is to be mended first"
          description={<FaultList faults={faults} />}
        />
      )}
      <ChangeList changes={changes} />
      {props.mayPublish && (
        <div className="publish-form">
          <Input
            aria-label="What for"
            placeholder="What for? Colleagues read it among the versions."
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          <p className="form-note">
            New conversations hear it. Those that are running keep what they began with.
          </p>
          <Button
            type="primary"
            loading={publish.busy}
            disabled={faults.length > 0}
            onClick={() => void run()}
          >
            Publish
          </Button>
          <Popconfirm
            title="Drop all of these changes?"
            okText="Drop them"
            onConfirm={async () => {
              if (await drop.act({ name })) close();
            }}
          >
            <Button danger loading={drop.busy}>
              Drop the draft
            </Button>
          </Popconfirm>
        </div>
      )}
    </Drawer>
  );
}
