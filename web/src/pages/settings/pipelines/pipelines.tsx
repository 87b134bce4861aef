/** The stages that leads go through: their order, where one may go from each, why leads are lost. */
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import { Failure } from '../../../shared/failure.tsx';
import { Waiting } from '../../../shared/waiting.tsx';
import { SaveBar } from '../save-bar.tsx';
import { SettingsPage } from '../settings-page.tsx';
import { useDraft } from '../use-draft.ts';
import { CopyDialog } from './copy-dialog.tsx';
import type { View } from './edit.ts';
import { Moments } from './moments.tsx';
import { Moving } from './moving.tsx';
import { Reasons } from './reasons.tsx';
import { Stages } from './stages.tsx';
import { UseDialog } from './use-dialog.tsx';
import '../../../styles/assignment.css';
import '../../../styles/pipelines.css';

type All = Output<'pipeline.list'>;

export default function Pipelines() {
  const { data, error, refetch } = useAsk('pipeline.list', {}, { keep: true });
  const [name, setName] = useState<string>();
  const { may } = useSession();
  const shown = data?.items.find(({ pipeline }) => pipeline.name === name) ?? data?.items[0];
  const fixed = !may('pipeline.save');
  return (
    <SettingsPage wide note="The stages that leads go through. A change holds for everybody at once.">
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data && <Waiting />}
      {data && shown && (
        <>
          <Head all={data} shown={shown} fixed={fixed} onChoose={setName} />
          <Moving moving={data.moving} />
          <Editor
            key={shown.pipeline.name}
            saved={shown}
            leads={shown.inUse ? data.leads : {}}
            fixed={fixed}
          />
        </>
      )}
    </SettingsPage>
  );
}

function Head({
  all,
  shown,
  fixed,
  onChoose,
}: {
  all: All;
  shown: View;
  fixed: boolean;
  onChoose: (name: string) => void;
}) {
  const [dialog, setDialog] = useState<'use' | 'copy'>();
  return (
    <div className="pipeline-head">
      <Select
        aria-label="Pipeline"
        value={shown.pipeline.name}
        onChange={onChoose}
        style={{ minWidth: 240 }}
        options={all.items.map(({ pipeline, inUse }) => ({
          value: pipeline.name,
          label: inUse ? `${pipeline.label} (in use)` : pipeline.label,
        }))}
      />
      {!fixed && <Button onClick={() => setDialog('copy')}>Copy</Button>}
      {!fixed && !shown.inUse && <Button onClick={() => setDialog('use')}>Put in use</Button>}
      {shown.version > 0 && shown.changedBy && (
        <small className="pipeline-by">Changed by {shown.changedBy}</small>
      )}
      <UseDialog
        next={dialog === 'use' ? shown.pipeline : undefined}
        before={all.items[0]!.pipeline}
        leads={all.leads}
        onClose={() => setDialog(undefined)}
      />
      <CopyDialog
        of={dialog === 'copy' ? shown.pipeline : undefined}
        taken={all.items.map(({ pipeline }) => pipeline.name)}
        onDone={(name) => {
          setDialog(undefined);
          if (name) onChoose(name);
        }}
      />
    </div>
  );
}

function Editor({ saved, leads, fixed }: { saved: View; leads: Record<string, number>; fixed: boolean }) {
  const edit = useDraft(
    { ...saved, moves: {} as Record<string, string> },
    'pipeline.save',
    ({ pipeline, moves }, expected) => ({ pipeline, moves, expected }),
    'Saved. It holds for everybody now.',
  );
  const { pipeline, moves } = edit.draft;
  const part = { pipeline, fixed, change: (next: View['pipeline']) => edit.change({ pipeline: next }) };
  return (
    <div className="pipeline">
      <Stages
        {...part}
        leads={leads}
        was={saved.pipeline}
        moves={moves}
        onRemove={(next, nextMoves) => edit.change({ pipeline: next, moves: nextMoves })}
      />
      <div>
        <Moments {...part} />
        <Reasons {...part} />
      </div>
      <SaveBar draft={edit} by={saved.changedBy} />
    </div>
  );
}

export type PartProps = {
  pipeline: View['pipeline'];
  fixed: boolean;
  change: (pipeline: View['pipeline']) => void;
};
