/** Booking a demo, or moving one: the same question, when. */
import { Form, Input, InputNumber } from 'antd';
import type { ApiError } from '../api/error.ts';
import type { Appointment, Lead } from '../api/operations.ts';
import { ColleagueSelect } from '../pages/tasks/colleague-select.tsx';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { MomentInput, quickTimes } from '../shared/moment-input.tsx';
import { moment } from '../shared/time.ts';

const daytime = quickTimes.slice(2);
/** A time that was refused comes back with free ones near it. */
const freeTimes = (problem: ApiError | undefined) =>
  (problem?.details.free as string[] | undefined)?.map((at) => ({ label: moment(at), at: () => at }));
type Values = {
  startsAt: string;
  minutes?: number | null;
  location?: string;
  agenda?: string;
  colleagueIds?: string[];
};

export function BookDemo({
  lead,
  open,
  onClose,
}: {
  lead: Pick<Lead, 'id' | 'name'>;
  open: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title={`Book a demo for ${lead.name}`}>
      <CommandForm<'appointment.book', Values>
        command="appointment.book"
        input={({ startsAt, minutes, location, agenda, colleagueIds }) => ({
          leadId: lead.id,
          startsAt,
          kind: 'demo',
          ...(minutes && { minutes }),
          ...(location && { location }),
          ...(agenda && { agenda }),
          ...(colleagueIds?.length && { colleagueIds }),
        })}
        submit="Book the demo"
        done={({ startsAt }) => `Demo booked for ${moment(startsAt)}.`}
        touches={['lead', 'contact']}
        onDone={onClose}
      >
        {(problem) => (
          <>
            <DemoTime problem={problem} />
            <Form.Item name="location" label="Place or link">
              <Input maxLength={300} placeholder="Our office, or a meeting link" />
            </Form.Item>
            <Form.Item name="agenda" label="What to show">
              <Input.TextArea rows={2} maxLength={1000} />
            </Form.Item>
            <Form.Item name="colleagueIds" label="Colleagues who take part">
              <ColleagueSelect several placeholder="Nobody else" />
            </Form.Item>
          </>
        )}
      </CommandForm>
    </Dialog>
  );
}

export function RescheduleDemo({
  demo,
  open,
  onClose,
}: {
  demo: Appointment;
  open: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title={`Move the demo with ${demo.leadName}`}>
      <CommandForm<'appointment.reschedule', Values>
        command="appointment.reschedule"
        input={({ startsAt, minutes }) => ({ appointmentId: demo.id, startsAt, ...(minutes && { minutes }) })}
        initial={{ minutes: demo.minutes }}
        submit="Move the demo"
        done={({ startsAt }) => `Demo moved to ${moment(startsAt)}.`}
        touches={['lead', 'contact']}
        onDone={onClose}
      >
        {(problem) => (
          <>
            <p className="form-note">Now: {moment(demo.startsAt)}.</p>
            <DemoTime problem={problem} />
          </>
        )}
      </CommandForm>
    </Dialog>
  );
}

const DemoTime = ({ problem }: { problem: ApiError | undefined }) => (
  <>
    <Form.Item name="startsAt" label="When" rules={[{ required: true, message: 'Choose a time' }]}>
      <MomentInput quick={freeTimes(problem) ?? daytime} />
    </Form.Item>
    <Form.Item name="minutes" label="Length in minutes">
      <InputNumber min={5} max={480} step={15} inputMode="numeric" placeholder="45" />
    </Form.Item>
  </>
);
