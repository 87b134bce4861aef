import { Form, Input, Select } from 'antd';
import type { Lead } from '../api/operations.ts';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { MomentInput } from '../shared/moment-input.tsx';
import { moment } from '../shared/time.ts';

type Values = { at: string; note?: string; remind?: number[] };
const before = [
  { value: 15, label: '15 min before' },
  { value: 60, label: '1 hour before' },
  { value: 1440, label: '1 day before' },
];

export function SetFollowUp({
  lead,
  open,
  onClose,
}: {
  lead: Pick<Lead, 'id' | 'name' | 'followUpAt'>;
  open: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title={`Follow-up with ${lead.name}`}>
      <CommandForm<'followup.set', Values>
        command="followup.set"
        input={({ at, note, remind }) => ({
          leadId: lead.id,
          at,
          ...(note && { note }),
          ...(remind?.length && { remind }),
        })}
        submit="Set the follow-up"
        done={({ followUp }) => `Follow-up set for ${moment(followUp.at)}.`}
        touches={['lead', 'contact']}
        onDone={onClose}
      >
        {lead.followUpAt && <p className="form-note">Replaces the follow-up of {moment(lead.followUpAt)}.</p>}
        <Form.Item name="at" label="When" rules={[{ required: true, message: 'Choose a time' }]}>
          <MomentInput />
        </Form.Item>
        <Form.Item
          name="remind"
          label="Remind me"
          extra="You are always told at the time itself. Left empty: as the settings say."
        >
          <Select mode="multiple" options={before} placeholder="As the settings say" allowClear />
        </Form.Item>
        <Form.Item name="note" label="Note">
          <Input.TextArea rows={2} maxLength={1000} placeholder="What to talk about" />
        </Form.Item>
      </CommandForm>
    </Dialog>
  );
}
