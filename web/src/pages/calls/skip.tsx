import { Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import type { HandedOut } from './session.tsx';

type Props = { leadId: string; from: 'mine' | 'everybody'; onSkipped: (out: HandedOut) => void };
type Values = { reason: string; minutes: number };

/** Left out for a while, with a reason that stands on the lead’s timeline. */
export function Skip({ leadId, from, onSkipped }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Skip…</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Leave this lead out for a while">
        <CommandForm<'calling.skip', Values>
          command="calling.skip"
          input={({ reason, minutes }) => ({ leadId, reason, minutes, from })}
          initial={{ minutes: 60, reason: '' }}
          submit="Skip and go on"
          done="Left out for now."
          touches={['contact']}
          onDone={(out) => {
            setOpen(false);
            onSkipped(out);
          }}
        >
          <Form.Item name="reason" label="Why" rules={[{ required: true, message: 'Say why' }]}>
            <Input maxLength={300} placeholder="At lunch until two" autoFocus />
          </Form.Item>
          <Form.Item name="minutes" label="For how long">
            <Segmented
              options={[
                { value: 30, label: '30 min' },
                { value: 60, label: '1 hour' },
                { value: 180, label: '3 hours' },
                { value: 1440, label: 'a day' },
              ]}
            />
          </Form.Item>
        </CommandForm>
      </Dialog>
    </>
  );
}
