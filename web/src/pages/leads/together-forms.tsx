import { Button, Form, Input, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import type { CommandName, Input as In } from '../../api/operations.ts';
import { AssignFields } from '../../shared/assign-fields.tsx';
import { MomentInput } from '../../shared/moment-input.tsx';
import { asOptions, useChoices } from '../../shared/use-choices.ts';
import { useEach } from '../../shared/use-each.ts';

type Props = {
  leads: { id: string; label: string }[];
  /** With those that it was not done for. */
  onDone: (left: string[]) => void;
};

export const AssignAll = (props: Props) => (
  <ForAll<'lead.assign', { assigneeId: string; reason?: string }>
    {...props}
    command="lead.assign"
    submit="Assign"
    input={(leadId, { assigneeId, reason }) => ({ leadId, assigneeId, ...(reason && { reason }) })}
  >
    <AssignFields />
  </ForAll>
);

export function MoveAll(props: Props) {
  const { stages, lostReasons } = useChoices();
  return (
    <ForAll<'lead.move', { stage: string; lostReason?: string; note?: string }>
      {...props}
      command="lead.move"
      submit="Move"
      input={(leadId, { stage, lostReason, note }) => ({
        leadId,
        stage,
        ...(lostReason && { lostReason }),
        ...(note && { note }),
      })}
    >
      <Form.Item name="stage" label="Stage" rules={[{ required: true, message: 'Choose a stage' }]}>
        <Select options={asOptions(stages)} />
      </Form.Item>
      <Form.Item noStyle dependencies={['stage']}>
        {({ getFieldValue }) =>
          stages.find(({ key }) => key === getFieldValue('stage'))?.kind === 'lost' && (
            <Form.Item
              name="lostReason"
              label="Why were they lost?"
              rules={[{ required: true, message: 'Choose a reason: the manager learns from it' }]}
            >
              <Radio.Group className="reasons" options={asOptions(lostReasons)} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="note" label="Note">
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </ForAll>
  );
}

export const FollowUpAll = (props: Props) => (
  <ForAll<'followup.set', { at: string; note?: string }>
    {...props}
    command="followup.set"
    submit="Set the follow-up"
    input={(leadId, { at, note }) => ({ leadId, at, ...(note && { note }) })}
  >
    <Form.Item name="at" label="When" rules={[{ required: true, message: 'Choose a time' }]}>
      <MomentInput />
    </Form.Item>
    <Form.Item name="note" label="Note">
      <Input.TextArea rows={2} maxLength={1000} placeholder="What to talk about" />
    </Form.Item>
  </ForAll>
);

type ForAllProps<N extends CommandName, V> = Props & {
  command: N;
  submit: string;
  input: (leadId: string, values: V) => In<N>;
  children: ReactNode;
};

function ForAll<N extends CommandName, V extends object>(props: ForAllProps<N, V>) {
  const { leads, onDone, command, submit, input, children } = props;
  const { run, at } = useEach(command, ['lead', 'contact', 'conversation', 'calendar']);
  return (
    <Form<V>
      layout="vertical"
      requiredMark={false}
      disabled={at !== undefined}
      onFinish={async (values) => onDone(await run(leads, (id) => input(id, values)))}
    >
      {children}
      <Button type="primary" htmlType="submit" block loading={at !== undefined}>
        {at === undefined ? submit : `${at} of ${leads.length}`}
      </Button>
    </Form>
  );
}
