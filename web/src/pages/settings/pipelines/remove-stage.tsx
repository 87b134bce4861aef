import { Button, Form, Select } from 'antd';
import { Dialog } from '../../../shared/dialog.tsx';
import type { Pipeline, Stage } from './edit.ts';

type Props = {
  stage: Stage | undefined;
  pipeline: Pipeline;
  leads: number;
  onRemove: (stage: Stage, heir: string) => void;
  onClose: () => void;
};

/** A stage does not end before it is said where its leads go. */
export function RemoveStage({ stage, pipeline, leads, onRemove, onClose }: Props) {
  const others = pipeline.stages.filter((other) => other.key !== stage?.key && other.kind === stage?.kind);
  return (
    <Dialog open={stage !== undefined} onClose={onClose} title={`Remove ${stage?.label ?? ''}`}>
      {stage && (
        <Form<{ heir: string }>
          layout="vertical"
          requiredMark={false}
          initialValues={others.length === 1 ? { heir: others[0]!.key } : {}}
          onFinish={({ heir }) => onRemove(stage, heir)}
        >
          <p className="form-note">
            {leads
              ? `${leads} ${leads === 1 ? 'lead is' : 'leads are'} in it. They are moved in the background, each with a word on its timeline.`
              : 'No lead is in it. Whatever named it names the other stage from then on.'}
          </p>
          <Form.Item
            name="heir"
            label={leads ? 'Where do they go?' : 'What takes its place?'}
            rules={[{ required: true, message: 'Choose a stage' }]}
          >
            <Select options={others.map(({ key, label }) => ({ value: key, label }))} />
          </Form.Item>
          <Button type="primary" danger htmlType="submit" block>
            Remove
          </Button>
        </Form>
      )}
    </Dialog>
  );
}
