/** A task for oneself or a colleague, new or changed. */
import { Form, Input, Segmented, Select } from 'antd';
import type { Input as InputOf, Task } from '../../api/operations.ts';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { MomentInput } from '../../shared/moment-input.tsx';
import { priorities } from '../../shared/priorities.ts';
import { ColleagueSelect } from './colleague-select.tsx';
import { repeatOptions } from './task-bits.tsx';

type Given = InputOf<'task.give'>;
type Changed = InputOf<'task.update'>;
type Props = { open: boolean; onClose: () => void };

export default function NewTask({
  open,
  onClose,
  onDone,
  fixed = {},
}: Props & { onDone?: (id: string) => void; fixed?: Partial<Given> }) {
  return (
    <Dialog open={open} onClose={onClose} title="New task" width={560}>
      <CommandForm<'task.give', Given>
        command="task.give"
        input={(values) => ({ ...filled(values), ...fixed }) as Given}
        initial={{ priority: 'normal', ...(fixed.dueAt && { dueAt: fixed.dueAt }) }}
        submit="Give the task"
        done={({ task }) => `${task.number} is with ${task.assignee.name}.`}
        touches={['calendar', 'contact']}
        onDone={({ task }) => {
          onClose();
          onDone?.(task.id);
        }}
      >
        <Fields />
      </CommandForm>
    </Dialog>
  );
}

export function EditTask({ task, open, onClose }: Props & { task: Task }) {
  return (
    <Dialog open={open} onClose={onClose} title={`Change ${task.number}`} width={560}>
      <CommandForm<'task.update', Changed>
        command="task.update"
        input={(values) => ({
          ...filled(values),
          taskId: task.id,
          // What was emptied goes.
          note: values.note || null,
          dueAt: values.dueAt ?? null,
          repeats: (values.repeats as string | undefined) || null,
        })}
        initial={{
          title: task.title,
          note: task.note ?? null,
          assigneeId: task.assignee.id,
          watcherIds: task.watchers.map(({ id }) => id),
          dueAt: task.dueAt ?? null,
          priority: task.priority,
          repeats: task.repeatRule ?? null,
        }}
        submit="Save"
        done="Saved."
        touches={['calendar']}
        onDone={onClose}
      >
        <Fields rule={task.repeatRule} words={task.repeats} />
      </CommandForm>
    </Dialog>
  );
}

const filled = <T extends object>(values: T): T =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== '' && value !== undefined && value !== null),
  ) as T;

/** A rule that is none of the usual ones stays as it is. */
const Fields = ({ rule, words }: { rule?: string; words?: string }) => (
  <>
    <Form.Item name="title" label="What is to be done" rules={[{ required: true, message: 'A few words' }]}>
      <Input maxLength={200} autoFocus placeholder="Call the bank about the loan" />
    </Form.Item>
    <Form.Item name="note" label="More about it">
      <Input.TextArea rows={3} maxLength={4000} />
    </Form.Item>
    <Form.Item name="assigneeId" label="For" extra="Left empty: for yourself.">
      <ColleagueSelect />
    </Form.Item>
    <Form.Item name="dueAt" label="Due">
      <MomentInput />
    </Form.Item>
    <div className="two">
      <Form.Item name="repeats" label="Comes again">
        <Select
          allowClear
          placeholder="Once"
          options={[
            ...repeatOptions,
            ...(rule && words && !repeatOptions.some(({ value }) => value === rule)
              ? [{ value: rule, label: words }]
              : []),
          ]}
        />
      </Form.Item>
      <Form.Item name="priority" label="Priority">
        <Segmented options={[...priorities]} />
      </Form.Item>
    </div>
    <Form.Item name="watcherIds" label="Who else hears what comes of it">
      <ColleagueSelect several placeholder="Nobody" />
    </Form.Item>
  </>
);
