import { Form, Input, Radio } from 'antd';
import { useState } from 'react';
import type { Output } from '../../../api/operations.ts';
import { CommandForm } from '../../../shared/command-form.tsx';
import { Dialog } from '../../../shared/dialog.tsx';
import { ShownOnce } from './shown-once.tsx';

type Values = { name: string; kind: 'google' | 'api' };

export function NewSource({
  open,
  onClose,
  onDone,
}: {
  open: boolean;
  onClose: () => void;
  onDone: (id: string) => void;
}) {
  const [made, setMade] = useState<Output<'source.create'>>();
  const close = () => {
    onClose();
    if (made) onDone(made.source.id);
    setMade(undefined);
  };
  return (
    <Dialog open={open} title={made ? made.source.name : 'New source'} onClose={close} width={560}>
      {made ? (
        <ShownOnce made={made} onClose={close} />
      ) : (
        <CommandForm<'source.create', Values>
          command="source.create"
          input={(values) => values}
          initial={{ name: '', kind: 'google' }}
          submit="Make address and secret"
          onDone={setMade}
        >
          <Form.Item name="kind" label="Who sends">
            <Radio.Group
              options={[
                { value: 'google', label: 'Google Ads lead forms' },
                { value: 'api', label: 'A portal or program that signs' },
              ]}
            />
          </Form.Item>
          <Form.Item name="name" label="Name" rules={[{ required: true, message: 'What is it called?' }]}>
            <Input maxLength={80} placeholder="Spring search ads" />
          </Form.Item>
        </CommandForm>
      )}
    </Dialog>
  );
}
