/** Another stage for a lead. Losing one needs a reason; everything else is one press and perhaps a note. */
import { Form, Input, Radio } from 'antd';
import type { Lead } from '../api/operations.ts';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { useChoices } from '../shared/use-choices.ts';
import { asNeeded, NeededFields, useNeeded } from './needed-fields.tsx';

type Values = { lostReason?: string; note?: string } & Parameters<typeof asNeeded>[0];
type Props = {
  lead: Lead;
  stage: { key: string; label: string } | undefined;
  onClose: () => void;
};

export function MoveLead({ lead, stage, onClose }: Props) {
  const { stages, lostReasons } = useChoices();
  const needed = useNeeded(lead, stage?.key);
  const lost = stages.find(({ key }) => key === stage?.key)?.kind === 'lost';
  return (
    <Dialog open={stage !== undefined} onClose={onClose} title={stage ? `${lead.name}: ${stage.label}` : ''}>
      {stage && (
        <CommandForm<'lead.move', Values>
          command="lead.move"
          input={({ lostReason, note, ...entered }) => ({
            leadId: lead.id,
            stage: stage.key,
            ...(lostReason && { lostReason }),
            ...(note && { note }),
            ...asNeeded(entered),
          })}
          submit={lost ? 'Close as lost' : `Move to ${stage.label}`}
          danger={lost}
          done={({ lead: moved }) => `${moved.name} is now ${moved.stageLabel}.`}
          touches={['contact']}
          onDone={onClose}
        >
          {lost && (
            <Form.Item
              name="lostReason"
              label="Why was it lost?"
              rules={[{ required: true, message: 'Choose a reason: the manager learns from it' }]}
            >
              <Radio.Group
                className="reasons"
                options={lostReasons.map(({ key, label }) => ({ value: key, label }))}
              />
            </Form.Item>
          )}
          <NeededFields fields={needed} />
          <Form.Item name="note" label="Note">
            <Input.TextArea
              rows={3}
              maxLength={2000}
              placeholder={lost ? 'What would have won it?' : 'What was agreed'}
            />
          </Form.Item>
        </CommandForm>
      )}
    </Dialog>
  );
}
