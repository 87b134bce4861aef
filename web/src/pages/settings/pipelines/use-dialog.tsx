import { Form, Select } from 'antd';
import { CommandForm } from '../../../shared/command-form.tsx';
import { Dialog } from '../../../shared/dialog.tsx';
import type { Pipeline } from './edit.ts';

type Props = {
  next: Pipeline | undefined;
  before: Pipeline;
  leads: Record<string, number>;
  onClose: () => void;
};

/** Another pipeline for everybody: for each stage with leads that it does not have, where these go. */
export function UseDialog({ next, before, leads, onClose }: Props) {
  const ending = before.stages.filter(
    ({ key }) => leads[key] && !next?.stages.some((stage) => stage.key === key),
  );
  return (
    <Dialog open={next !== undefined} onClose={onClose} title={`Put ${next?.label ?? ''} in use`}>
      {next && (
        <CommandForm<'pipeline.use', Record<string, string>>
          command="pipeline.use"
          input={(values) => ({ name: next.name, moves: values })}
          submit="Put in use"
          danger
          done={`${next.label} is in use.`}
          touches={['setting', 'lead']}
          onDone={onClose}
        >
          <p className="form-note">
            {ending.length
              ? `Every lead goes through ${next.label} from then on. Where do those of ${before.label} go?`
              : `Every lead goes through ${next.label} from then on.`}
          </p>
          {ending.map(({ key, label, kind }) => (
            <Form.Item
              key={key}
              name={key}
              label={`${label}: ${leads[key]} ${leads[key] === 1 ? 'lead' : 'leads'}`}
              rules={[{ required: true, message: 'Choose a stage' }]}
            >
              <Select
                options={next.stages
                  .filter((stage) => stage.kind === kind)
                  .map((stage) => ({ value: stage.key, label: stage.label }))}
              />
            </Form.Item>
          ))}
        </CommandForm>
      )}
    </Dialog>
  );
}
