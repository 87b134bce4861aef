import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Panel } from '../../../shared/page.tsx';
import { needLabels, type Pipeline, type Stage, withoutStage, withStage } from './edit.ts';
import type { PartProps } from './pipelines.tsx';
import { RemoveStage } from './remove-stage.tsx';
import { StageDialog } from './stage-dialog.tsx';

type Props = PartProps & {
  leads: Record<string, number>;
  was: Pipeline;
  moves: Record<string, string>;
  onRemove: (pipeline: Pipeline, moves: Record<string, string>) => void;
};

export function Stages({ pipeline, fixed, change, leads, was, moves, onRemove }: Props) {
  const [editing, setEditing] = useState<Stage | 'new'>();
  const [removing, setRemoving] = useState<Stage>();
  const { stages, initial } = pipeline;
  const labels = new Map([...was.stages, ...stages].map(({ key, label }) => [key, label]));
  const move = (from: number, to: number) =>
    change({ ...pipeline, stages: stages.toSpliced(from, 1).toSpliced(to, 0, stages[from]!) });
  const remove = (stage: Stage, heir: string) => {
    // Leads on their way to this one in the same change go where its own go.
    const others = Object.entries(moves).map(([from, to]) => [from, to === stage.key ? heir : to]);
    const isKept = was.stages.some(({ key }) => key === stage.key);
    onRemove(withoutStage(pipeline, stage.key, heir), {
      ...Object.fromEntries(others),
      ...(isKept && { [stage.key]: heir }),
    });
    setRemoving(undefined);
  };
  return (
    <Panel
      id="stages"
      title="Stages"
      count={stages.length}
      actions={
        !fixed && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
            Add a stage
          </Button>
        )
      }
    >
      <ol className="rules" aria-labelledby="stages">
        {stages.map((stage, at) => (
          <li key={stage.key} data-kind={stage.kind}>
            <span className="rule-place">{at + 1}</span>
            <div className="rule-words">
              <strong>
                {stage.label}
                {stage.kind !== 'open' && <span className="stage-kind">{stage.kind}</span>}
                {stage.key === initial && <span className="stage-kind">first</span>}
                {leads[stage.key] !== undefined && (
                  <span className="panel-count">
                    {leads[stage.key]} {leads[stage.key] === 1 ? 'lead' : 'leads'}
                  </span>
                )}
              </strong>
              <span>
                →{' '}
                {stage.to.map((key) => (key === '*' ? 'any other' : (labels.get(key) ?? key))).join(', ') ||
                  '–'}
              </span>
              {Boolean(stage.needs?.length) && (
                <span>needs {stage.needs!.map((field) => needLabels[field].toLowerCase()).join(', ')}</span>
              )}
            </div>
            {!fixed && (
              <div className="rule-acts">
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowUpOutlined />}
                  aria-label={`${stage.label} earlier`}
                  disabled={!at}
                  onClick={() => move(at, at - 1)}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowDownOutlined />}
                  aria-label={`${stage.label} later`}
                  disabled={at === stages.length - 1}
                  onClick={() => move(at, at + 1)}
                />
                <Button size="small" aria-label={`Edit ${stage.label}`} onClick={() => setEditing(stage)}>
                  Edit
                </Button>
                <Button
                  size="small"
                  type="text"
                  danger
                  icon={<DeleteOutlined />}
                  aria-label={`Remove ${stage.label}`}
                  disabled={!stages.some((other) => other !== stage && other.kind === stage.kind)}
                  onClick={() => setRemoving(stage)}
                />
              </div>
            )}
          </li>
        ))}
      </ol>
      {Object.entries(moves).map(([from, to]) => (
        <p key={from} className="stage-moves">
          Leads in {labels.get(from)} go to {labels.get(to)} when this is saved.
        </p>
      ))}
      <StageDialog
        stage={editing}
        pipeline={pipeline}
        leads={editing && editing !== 'new' ? (leads[editing.key] ?? 0) : 0}
        onKeep={(stage, more) => {
          change({ ...withStage(pipeline, stage), ...more });
          setEditing(undefined);
        }}
        onClose={() => setEditing(undefined)}
      />
      <RemoveStage
        stage={removing}
        pipeline={pipeline}
        leads={removing ? (leads[removing.key] ?? 0) : 0}
        onRemove={remove}
        onClose={() => setRemoving(undefined)}
      />
    </Panel>
  );
}
