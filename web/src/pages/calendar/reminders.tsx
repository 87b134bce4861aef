/** Reminders that one gets or has set: once or again, for oneself or several. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Popconfirm, Segmented, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Input as InputOf, Reminder } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { Dash } from '../../shared/lead-bits.tsx';
import { MomentInput } from '../../shared/moment-input.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { When } from '../../shared/when.tsx';
import { ColleagueSelect } from '../tasks/colleague-select.tsx';
import { repeatOptions } from '../tasks/task-bits.tsx';
import '../../styles/leads.css';

const firesOptions = [
  { value: 'message', label: 'Message' },
  { value: 'mail', label: 'Message and mail' },
  { value: 'task', label: 'Task' },
];

export default function Reminders() {
  const { may } = useSession();
  const [over, setOver] = useState(false);
  const [adding, setAdding] = useState(false);
  const list = useCursorList<Reminder>('reminder', { over: String(over) }, { pageSize: 50 });
  const add = may('reminder.set') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      New reminder
    </Button>
  );
  return (
    <Page wide title="Reminders" note={<Link to="/calendar">Calendar</Link>} actions={add}>
      <div className="filters">
        <Segmented
          aria-label="Which"
          options={[
            { value: 'next', label: 'To come' },
            { value: 'over', label: 'Over' },
          ]}
          value={over ? 'over' : 'next'}
          onChange={(value) => setOver(value === 'over')}
        />
      </div>
      <Records<Reminder>
        label="Reminders"
        columns={columns}
        items={list.items}
        total={list.total}
        error={list.error}
        retry={list.refetch}
        more={list.more}
        empty={
          over ? (
            <Nothing
              title="Nothing is over yet"
              hint="Reminders that have come for the last time stand here."
            />
          ) : (
            <Nothing
              title="No reminders"
              hint="Set one for yourself or for colleagues: once, or every day, week, month or year."
              action={add}
            />
          )
        }
      />
      {adding && <NewReminder onClose={() => setAdding(false)} />}
    </Page>
  );
}

const columns: Column<Reminder>[] = [
  { key: 'text', title: 'Reminder', card: 'title', render: ({ text }) => <strong>{text}</strong> },
  {
    key: 'next',
    title: 'Next',
    width: 180,
    card: 'aside',
    render: ({ nextAt }) => (nextAt ? <When at={nextAt} /> : <Dash />),
  },
  {
    key: 'repeats',
    title: 'Comes again',
    width: 220,
    card: 'inline',
    render: ({ repeats }) => repeats ?? 'Once',
  },
  {
    key: 'for',
    title: 'For',
    width: 220,
    render: (one) => one.for.map(({ name }) => name).join(', '),
  },
  { key: 'by', title: 'Set by', width: 150, render: ({ by }) => by.name },
  {
    key: 'stop',
    title: '',
    width: 90,
    render: (one) => (one.nextAt ? <Stop reminder={one} /> : null),
  },
];

function Stop({ reminder }: { reminder: Reminder }) {
  const { act, busy } = useAct('reminder.stop', 'It does not come any more.');
  return (
    <Popconfirm
      title={reminder.mine ? 'End this reminder for all?' : 'End this reminder for yourself?'}
      okText="End it"
      onConfirm={() => void act({ reminderId: reminder.id })}
    >
      <Button size="small" loading={busy}>
        End
      </Button>
    </Popconfirm>
  );
}

type Values = InputOf<'reminder.set'>;

const NewReminder = ({ onClose }: { onClose: () => void }) => (
  <Dialog open onClose={onClose} title="New reminder">
    <CommandForm<'reminder.set', Values>
      command="reminder.set"
      input={(values) => {
        const { for: people, repeats, ...rest } = values;
        return {
          ...rest,
          ...(people?.length && { for: people }),
          ...(repeats && { repeats }),
        } as Values;
      }}
      initial={{ fires: 'message' }}
      submit="Remind"
      done="Set."
      touches={['calendar']}
      onDone={onClose}
    >
      <Form.Item name="text" label="Of what" rules={[{ required: true, message: 'A few words' }]}>
        <Input maxLength={500} autoFocus placeholder="Send the month's report" />
      </Form.Item>
      <Form.Item name="at" label="When" rules={[{ required: true, message: 'Choose a time' }]}>
        <MomentInput />
      </Form.Item>
      <Form.Item name="repeats" label="Comes again">
        <Select allowClear placeholder="Once" options={repeatOptions} />
      </Form.Item>
      <Form.Item name="for" label="For" extra="Left empty: for yourself.">
        <ColleagueSelect several placeholder="Yourself" />
      </Form.Item>
      <Form.Item name="fires" label="As">
        <Segmented options={firesOptions} />
      </Form.Item>
    </CommandForm>
  </Dialog>
);
