import { Button, Form, Input, Select, Switch } from 'antd';
import { Dialog } from '../../../shared/dialog.tsx';
import { kinds, needLabels, newKey, type Pipeline, type Stage } from './edit.ts';

type Values = Pick<Stage, 'label' | 'kind' | 'to'> & {
  when?: string;
  needs?: Stage['needs'];
  first: boolean;
  fresh: boolean;
};
type Props = {
  stage: Stage | 'new' | undefined;
  pipeline: Pipeline;
  /** With leads in it a stage stays open, won or lost as it is. */
  leads: number;
  onKeep: (stage: Stage, more: Pick<Pipeline, 'initial' | 'notAttempted'>) => void;
  onClose: () => void;
};

export function StageDialog({ stage, pipeline, leads, onKeep, onClose }: Props) {
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form);
  const known = stage === 'new' ? undefined : stage;
  const others = pipeline.stages.filter(({ key }) => key !== known?.key);
  const fresh = pipeline.notAttempted ?? [pipeline.initial];
  const keep = ({ first, fresh: isFresh, when, needs = [], ...values }: Values) => {
    const keys = pipeline.stages.map(({ key }) => key);
    const key = known?.key ?? newKey(values.label, keys);
    const among = fresh.filter((one) => one !== key);
    const notAttempted = isFresh && values.kind === 'open' ? [...among, key] : among;
    onKeep(
      { ...values, key, ...(when && { when }), ...(needs.length && { needs }) },
      {
        initial: first ? key : pipeline.initial,
        notAttempted: notAttempted.length ? notAttempted : undefined,
      },
    );
  };
  return (
    <Dialog open={stage !== undefined} onClose={onClose} title={known ? known.label : 'Add a stage'}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={
          known
            ? { ...known, first: known.key === pipeline.initial, fresh: fresh.includes(known.key) }
            : { kind: 'open', to: [], first: false, fresh: false }
        }
        onFinish={keep}
      >
        <Form.Item
          name="label"
          label="Name"
          rules={[{ required: true, whitespace: true, message: 'A name, please' }]}
        >
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="when" label="What brings a lead here">
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="to"
          label="From here a lead may go to"
          rules={[{ required: kind === 'open', type: 'array', min: 1, message: 'At least one stage' }]}
        >
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={others.map(({ key, label }) => ({ value: key, label }))}
          />
        </Form.Item>
        <Form.Item name="needs" label="What has to be known before">
          <Select
            mode="multiple"
            placeholder="Nothing"
            options={Object.entries(needLabels).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        <Form.Item
          name="kind"
          label="A lead in it is"
          extra={leads ? 'Stays while leads are in it.' : undefined}
        >
          <Select options={kinds} disabled={Boolean(leads) || known?.key === pipeline.initial} />
        </Form.Item>
        {kind === 'open' && (
          <div className="two">
            <Form.Item name="first" label="New leads begin here" valuePropName="checked">
              <Switch disabled={known?.key === pipeline.initial} />
            </Form.Item>
            <Form.Item name="fresh" label="Counts as not attempted" valuePropName="checked">
              <Switch />
            </Form.Item>
          </div>
        )}
        <Button type="primary" htmlType="submit" block>
          {known ? 'Change' : 'Add'}
        </Button>
      </Form>
    </Dialog>
  );
}
