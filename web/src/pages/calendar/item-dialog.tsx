/** What stands at a time, and the usual acts on it. */
import { Button, Popconfirm } from 'antd';
import { useNavigate } from 'react-router';
import type { CalendarItem } from '../../api/operations.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { Facts } from '../../shared/facts.tsx';
import { clock, moment } from '../../shared/time.ts';
import { useAct } from '../../shared/use-act.ts';
import { ChangeButton, TakingPart } from './particulars.tsx';

export function ItemDialog({
  item,
  words,
  onClose,
}: {
  item: CalendarItem;
  words: string;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  return (
    <Dialog open onClose={onClose} title={`${words}: ${item.title}`}>
      <Facts
        facts={[
          ['When', `${moment(item.startsAt)} – ${clock(item.endsAt)}`],
          ['Status', item.statusLabel],
          ['Where', item.location],
          ['About', item.note],
          ['With', item.assigneeName],
        ]}
      />
      {item.kind === 'appointment' && item.movable && <TakingPart appointmentId={item.recordId} />}
      <div className="calendar-acts">
        {item.link !== '/calendar' && <Button onClick={() => navigate(item.link)}>Open</Button>}
        {item.kind === 'appointment' && item.movable && <AppointmentActs item={item} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function AppointmentActs({ item, onClose }: { item: CalendarItem; onClose: () => void }) {
  const confirm = useAct('appointment.confirm', 'Confirmed.');
  const complete = useAct('appointment.complete', ({ status }) =>
    status === 'completed' ? 'Completed.' : 'Noted as a no-show.',
  );
  const cancel = useAct('appointment.cancel', 'Cancelled.');
  const appointmentId = item.recordId;
  const close = (done: unknown) => done && onClose();
  return (
    <>
      {item.status === 'booked' && (
        <Button
          type="primary"
          loading={confirm.busy}
          onClick={async () => close(await confirm.act({ appointmentId }))}
        >
          Confirm
        </Button>
      )}
      <Button loading={complete.busy} onClick={async () => close(await complete.act({ appointmentId }))}>
        Completed
      </Button>
      <Button
        loading={complete.busy}
        onClick={async () => close(await complete.act({ appointmentId, outcome: 'no-show' }))}
      >
        Did not come
      </Button>
      <ChangeButton appointmentId={appointmentId} onDone={onClose} />
      <Popconfirm
        title="Cancel this appointment?"
        okText="Cancel it"
        cancelText="Keep it"
        onConfirm={async () => close(await cancel.act({ appointmentId }))}
      >
        <Button danger loading={cancel.busy}>
          Cancel it
        </Button>
      </Popconfirm>
    </>
  );
}
