/** What an appointment is about, where it is and who takes part; its time is changed where it stands in the calendar. */
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { Appointment, Input as InputOf } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { Facts } from '../../shared/facts.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { ColleagueSelect } from '../tasks/colleague-select.tsx';

/** Who takes part, for whoever may see them all. */
export function TakingPart({ appointmentId }: { appointmentId: string }) {
  const { data } = useAsk('appointment.get', { appointmentId });
  const { data: people } = useAsk('task.people', {}, { keep: true });
  if (!data) return null;
  const names = data.colleagueIds.flatMap((id) => people?.items.find((one) => one.id === id)?.name ?? []);
  const all = [...names, ...data.participants];
  return all.length ? <Facts facts={[['Taking part', all.join(', ')]]} /> : null;
}

type DialogProps = { appointmentId: string; onClose: () => void; onDone?: (() => void) | undefined };

export function ChangeDialog({ appointmentId, onClose, onDone }: DialogProps) {
  return (
    <Dialog open onClose={onClose} title="Change this appointment" width={520}>
      <Particulars
        appointmentId={appointmentId}
        onDone={() => {
          onClose();
          onDone?.();
        }}
      />
    </Dialog>
  );
}

export function ChangeButton({ appointmentId, onDone }: { appointmentId: string; onDone?: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Change</Button>
      {open && <ChangeDialog appointmentId={appointmentId} onClose={() => setOpen(false)} onDone={onDone} />}
    </>
  );
}

type Values = InputOf<'appointment.update'> & { colleagueIds: string[] };

function Particulars({ appointmentId, onDone }: { appointmentId: string; onDone: () => void }) {
  const { data } = useAsk('appointment.get', { appointmentId });
  return data ? <Fields appointment={data} onDone={onDone} /> : <Waiting />;
}

function Fields({ appointment: a, onDone }: { appointment: Appointment; onDone: () => void }) {
  const [colleagueIds, setColleagueIds] = useState(a.colleagueIds);
  const invite = useAct('appointment.invite');
  const done = async () => {
    const same =
      colleagueIds.length === a.colleagueIds.length &&
      colleagueIds.every((id) => a.colleagueIds.includes(id));
    if (same || (await invite.act({ appointmentId: a.id, colleagueIds }))) onDone();
  };
  return (
    <CommandForm<'appointment.update', Values>
      command="appointment.update"
      input={({ title, location, agenda, participants }) => ({
        appointmentId: a.id,
        ...(title && { title }),
        location: location || null,
        agenda: agenda || null,
        participants: participants ?? [],
      })}
      initial={{
        ...(a.title && { title: a.title }),
        ...(a.location && { location: a.location }),
        ...(a.agenda && { agenda: a.agenda }),
        participants: a.participants,
      }}
      submit="Save"
      done="Changed."
      touches={['calendar', 'lead', 'contact']}
      onDone={done}
    >
      {!a.leadId && (
        <Form.Item name="title" label="What it is about">
          <Input maxLength={200} />
        </Form.Item>
      )}
      <Form.Item name="location" label="Place or link">
        <Input maxLength={300} placeholder="Room 2, or a meeting link" />
      </Form.Item>
      <Form.Item label="Colleagues who take part" extra="They are told, and have to be free then.">
        <ColleagueSelect
          several
          placeholder="Nobody else"
          value={colleagueIds}
          onChange={(ids) => setColleagueIds((ids as string[] | undefined) ?? [])}
        />
      </Form.Item>
      <Form.Item
        name="participants"
        label="Others who take part"
        extra="Whoever is named by a mail address gets the invitation; who is taken out is told, too."
      >
        <Select mode="tags" tokenSeparators={[',', ';']} open={false} placeholder="name@example.com" />
      </Form.Item>
      <Form.Item name="agenda" label="Agenda">
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </CommandForm>
  );
}
