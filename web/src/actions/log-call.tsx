/** Logging a call: one tap for the outcome, the time to ring again where it is wanted. */
import { Form, Input, InputNumber, Radio, Segmented } from 'antd';
import { useState } from 'react';
import type { Lead } from '../api/operations.ts';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { MomentInput } from '../shared/moment-input.tsx';
import { moment } from '../shared/time.ts';
import { type CallOutcome, callOutcomes } from './call-outcomes.ts';

type Values = {
  direction: 'in' | 'out';
  outcome: CallOutcome;
  at?: string;
  minutes?: number | null;
  note?: string;
};
type Props = {
  lead: Pick<Lead, 'id' | 'name' | 'number'>;
  outcome?: CallOutcome;
  open: boolean;
  onClose: () => void;
};

export function LogCall({ lead, outcome = 'answered', open, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={`Log a call with ${lead.name}`} width={500}>
      <CallForm lead={lead} outcome={outcome} onDone={onClose} />
    </Dialog>
  );
}

function CallForm({
  lead,
  outcome: first,
  onDone,
}: {
  lead: Props['lead'];
  outcome: CallOutcome;
  onDone: () => void;
}) {
  const [outcome, setOutcome] = useState<CallOutcome>(first);
  return (
    <CommandForm<'call.log', Values>
      command="call.log"
      input={({ direction, outcome: chosen, at, minutes, note }) => ({
        leadId: lead.id,
        direction,
        outcome: chosen,
        ...(at && { at }),
        ...(minutes && { minutes }),
        ...(note && { note }),
      })}
      initial={{ direction: 'out', outcome: first }}
      submit="Log the call"
      done={(call) => (call.followUp ? `Call logged. Next: ${moment(call.followUp.at)}.` : 'Call logged.')}
      touches={['lead', 'contact', 'followup']}
      onDone={onDone}
    >
      <Form.Item name="outcome" label="Outcome">
        <Radio.Group
          optionType="button"
          className="outcomes"
          options={callOutcomes.map(({ key, label, hint }) => ({ value: key, label, title: hint }))}
          onChange={({ target }) => setOutcome(target.value as CallOutcome)}
        />
      </Form.Item>
      <Form.Item name="direction" label="Who rang">
        <Segmented
          options={[
            { value: 'out', label: 'I rang them' },
            { value: 'in', label: 'They rang us' },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="at"
        label={outcome === 'callback' ? 'Call them again' : 'Next follow-up'}
        extra={
          ['rnr', 'busy', 'unreachable'].includes(outcome)
            ? 'Left empty, the usual retry is set for you.'
            : undefined
        }
        rules={outcome === 'callback' ? [{ required: true, message: 'When did they ask to be called?' }] : []}
      >
        <MomentInput />
      </Form.Item>
      {outcome === 'answered' && (
        <Form.Item name="minutes" label="Length in minutes">
          <InputNumber min={0} max={600} inputMode="numeric" />
        </Form.Item>
      )}
      <Form.Item name="note" label="Note">
        <Input.TextArea rows={3} maxLength={2000} placeholder="What was said, what they need" />
      </Form.Item>
    </CommandForm>
  );
}
