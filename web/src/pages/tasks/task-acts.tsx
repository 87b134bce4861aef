/** What can be done with a task now: by whom is the server's word (`may`). */
import { Button, Dropdown, Form, Input } from 'antd';
import { useState } from 'react';
import type { CommandName, Input as InputOf, Task } from '../../api/operations.ts';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useAct } from '../../shared/use-act.ts';
import { EditTask } from './task-form.tsx';

type Act = Task['may'][number];
type Asked = 'finish' | 'decline' | 'reopen' | 'comment';

const dialogs: Record<
  Asked,
  { title: string; label: string; field: string; needed: boolean; submit: string; done: string }
> = {
  finish: {
    title: 'Report on',
    label: 'What came of it',
    field: 'report',
    needed: true,
    submit: 'It is done',
    done: 'Done.',
  },
  decline: {
    title: 'Decline',
    label: 'Why',
    field: 'reason',
    needed: true,
    submit: 'Decline',
    done: 'Declined.',
  },
  reopen: {
    title: 'Give back',
    label: 'What is missing',
    field: 'reason',
    needed: false,
    submit: 'Give it back',
    done: 'It is open again.',
  },
  comment: {
    title: 'Comment on',
    label: 'Comment',
    field: 'text',
    needed: true,
    submit: 'Say it',
    done: 'Said.',
  },
};

export function TaskActs({ task, size }: { task: Task; size?: 'small' }) {
  const [asked, setAsked] = useState<Asked | 'update'>();
  const start = useAct('task.start', 'Begun.');
  const finish = useAct('task.finish', 'Done.');
  const cancel = useAct('task.cancel', 'Taken back.');
  const may = (act: Act) => task.may.includes(act);
  const isOwn = task.initiator.id === task.assignee.id || !task.initiator.id;
  const more = [
    ...(may('comment') ? [{ key: 'comment', label: 'Comment', onClick: () => setAsked('comment') }] : []),
    ...(may('update') ? [{ key: 'update', label: 'Change', onClick: () => setAsked('update') }] : []),
    ...(may('decline') ? [{ key: 'decline', label: 'Decline', onClick: () => setAsked('decline') }] : []),
    ...(may('cancel')
      ? [
          {
            key: 'cancel',
            label: 'Take back',
            danger: true,
            onClick: () => void cancel.act({ taskId: task.id }),
          },
          ...(task.repeats
            ? [
                {
                  key: 'series',
                  label: 'Take back, and let it not come again',
                  danger: true,
                  onClick: () => void cancel.act({ taskId: task.id, series: true }),
                },
              ]
            : []),
        ]
      : []),
  ];
  return (
    <div className="task-acts">
      {may('start') && (
        <Button size={size} loading={start.busy} onClick={() => void start.act({ taskId: task.id })}>
          Start
        </Button>
      )}
      {may('finish') && (
        <Button
          size={size}
          type="primary"
          loading={finish.busy}
          onClick={() => (isOwn ? void finish.act({ taskId: task.id }) : setAsked('finish'))}
        >
          Done
        </Button>
      )}
      {may('reopen') && (
        <Button size={size} onClick={() => setAsked('reopen')}>
          {task.status === 'cancelled' ? 'Open again' : 'Give back'}
        </Button>
      )}
      {more.length > 0 && (
        <Dropdown menu={{ items: more }} trigger={['click']}>
          <Button size={size} aria-label={`More for ${task.number}`}>
            …
          </Button>
        </Dropdown>
      )}
      {asked === 'update' && <EditTask task={task} open onClose={() => setAsked(undefined)} />}
      {asked && asked !== 'update' && <Say task={task} what={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

function Say({ task, what, onClose }: { task: Task; what: Asked; onClose: () => void }) {
  const { title, label, field, needed, submit, done } = dialogs[what];
  const command = `task.${what}` as 'task.finish' & CommandName;
  return (
    <Dialog open onClose={onClose} title={`${title} ${task.number}`}>
      <CommandForm<'task.finish', Record<string, string>>
        command={command}
        input={(values) =>
          ({ taskId: task.id, ...(values[field] && { [field]: values[field] }) }) as InputOf<'task.finish'>
        }
        submit={submit}
        done={done}
        touches={['calendar', 'contact']}
        onDone={onClose}
      >
        <Form.Item
          name={field}
          label={label}
          rules={needed ? [{ required: true, message: 'Write something' }] : []}
        >
          <Input.TextArea
            rows={4}
            maxLength={what === 'decline' || what === 'reopen' ? 1000 : 4000}
            autoFocus
          />
        </Form.Item>
      </CommandForm>
    </Dialog>
  );
}
