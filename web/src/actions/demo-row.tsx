/** An appointment with what can be done about it now. */
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Appointment, Output } from '../api/operations.ts';
import { ChangeDialog } from '../pages/calendar/particulars.tsx';
import { useSession } from '../session/session.tsx';
import { moment } from '../shared/time.ts';
import { useAct } from '../shared/use-act.ts';
import { When } from '../shared/when.tsx';
import { RescheduleDemo } from './book-demo.tsx';

export function DemoRow({
  demo,
  withLead,
  clockOnly,
}: {
  demo: Appointment;
  withLead?: boolean;
  clockOnly?: boolean;
}) {
  const { may } = useSession();
  const open = demo.status === 'booked' || demo.status === 'confirmed';
  return (
    <article className="demo" data-status={demo.status}>
      <div className="demo-what">
        <strong>
          <When at={demo.startsAt} as={clockOnly ? 'clock' : 'moment'} />
        </strong>
        <span className="demo-status" data-status={demo.status}>
          {demo.statusLabel}
        </span>
        {withLead && (
          <Link to={`/leads/${demo.leadId}`}>
            {demo.leadName} <span className="number">#{demo.leadNumber}</span>
          </Link>
        )}
        <span className="demo-more">
          {[`${demo.minutes} min`, demo.location].filter(Boolean).join(' · ')}
        </span>
      </div>
      {open && may('appointment.confirm') && <DemoActions demo={demo} />}
    </article>
  );
}

function DemoActions({ demo }: { demo: Appointment }) {
  const [moving, setMoving] = useState(false);
  const [changing, setChanging] = useState(false);
  const { modal } = App.useApp();
  const said = (word: string) => (output: Output<'appointment.confirm'>) =>
    `${word}: ${moment(output.startsAt)}.`;
  const confirm = useAct('appointment.confirm', said('Demo confirmed'));
  const complete = useAct('appointment.complete', (output) =>
    output.status === 'no-show' ? 'Marked as a no-show.' : 'Demo completed.',
  );
  const cancel = useAct('appointment.cancel', 'Demo cancelled.');
  const id = { appointmentId: demo.id };
  const started = Date.parse(demo.startsAt) <= Date.now();

  const askCancel = () =>
    modal.confirm({
      title: `Cancel the demo with ${demo.leadName}?`,
      content: `It was to be ${moment(demo.startsAt)}. Its reminders are taken back.`,
      okText: 'Cancel the demo',
      cancelText: 'Keep it',
      okButtonProps: { danger: true },
      onOk: () => cancel.act(id),
    });
  const items = [
    { key: 'move', label: 'Move to another time', onClick: () => setMoving(true) },
    { key: 'change', label: 'Change place or who takes part', onClick: () => setChanging(true) },
    ...(demo.status === 'confirmed' && !started
      ? [{ key: 'complete', label: 'It took place', onClick: () => void complete.act(id) }]
      : []),
    {
      key: 'no-show',
      label: 'They did not come',
      onClick: () => void complete.act({ ...id, outcome: 'no-show' }),
    },
    { key: 'cancel', label: 'Cancel the demo', danger: true, onClick: askCancel },
  ];
  return (
    <div className="demo-do">
      {demo.status === 'booked' && (
        <Button size="small" type="primary" loading={confirm.busy} onClick={() => confirm.act(id)}>
          Confirm
        </Button>
      )}
      {demo.status === 'confirmed' && started && (
        <Button size="small" type="primary" loading={complete.busy} onClick={() => complete.act(id)}>
          It took place
        </Button>
      )}
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button size="small" aria-label={`More about the demo with ${demo.leadName}`}>
          More
        </Button>
      </Dropdown>
      {changing && <ChangeDialog appointmentId={demo.id} onClose={() => setChanging(false)} />}
      <RescheduleDemo demo={demo} open={moving} onClose={() => setMoving(false)} />
    </div>
  );
}
