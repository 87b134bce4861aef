/** A meeting, a training, something personal, or a demo for a lead: in one's own calendar or a colleague's. */
import { Form, Input, InputNumber, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { ApiError } from '../../api/error.ts';
import type { Input as InputOf } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { MomentInput, quickTimes } from '../../shared/moment-input.tsx';
import { PersonSelect } from '../../shared/person-select.tsx';
import { moment } from '../../shared/time.ts';
import { useSettled } from '../../shared/use-settled.ts';
import { ColleagueSelect } from '../tasks/colleague-select.tsx';

type Values = InputOf<'appointment.book'>;
type Props = { open: boolean; onClose: () => void; at: { startsAt?: string; minutes?: number } };

const kinds = [
  { value: 'meeting', label: 'Meeting' },
  { value: 'demo', label: 'Demo' },
  { value: 'training', label: 'Training' },
  { value: 'personal', label: 'Personal' },
];
/** A time that was refused comes back with free ones near it. */
const freeTimes = (problem: ApiError | undefined) =>
  (problem?.details.free as string[] | undefined)?.map((at) => ({ label: moment(at), at: () => at }));

export default function NewAppointment({ open, onClose, at }: Props) {
  const { may } = useSession();
  const [kind, setKind] = useState<string>('meeting');
  const [leadId, setLeadId] = useState<string>();
  return (
    <Dialog open={open} onClose={onClose} title="New appointment" width={560}>
      <CommandForm<'appointment.book', Values>
        command="appointment.book"
        input={(values) =>
          ({
            ...Object.fromEntries(
              Object.entries(values).filter(
                ([, value]) => value !== '' && value !== undefined && value !== null,
              ),
            ),
            kind,
            ...(leadId && kind !== 'personal' ? { leadId, assigneeId: undefined } : {}),
          }) as Values
        }
        initial={{ ...at, participants: [] } as Partial<Values>}
        submit="Book it"
        done={({ startsAt }) => `Booked for ${moment(startsAt)}.`}
        touches={['calendar', 'lead', 'contact']}
        onDone={onClose}
      >
        {(problem) => (
          <>
            <Form.Item label="Kind">
              <Segmented options={kinds} value={kind} onChange={setKind} />
            </Form.Item>
            {kind !== 'personal' && (
              <Form.Item
                label={kind === 'demo' ? 'For which lead' : 'With a lead, if it is about one'}
                required={kind === 'demo'}
              >
                <LeadSelect value={leadId} onChange={setLeadId} />
              </Form.Item>
            )}
            {(!leadId || kind === 'personal') && kind !== 'demo' && (
              <Form.Item
                name="title"
                label="What it is about"
                rules={[{ required: true, message: 'A few words' }]}
              >
                <Input maxLength={200} autoFocus placeholder="Targets of the week" />
              </Form.Item>
            )}
            <Form.Item name="startsAt" label="When" rules={[{ required: true, message: 'Choose a time' }]}>
              <MomentInput quick={freeTimes(problem) ?? quickTimes.slice(2)} />
            </Form.Item>
            <div className="two">
              <Form.Item name="minutes" label="Length in minutes">
                <InputNumber min={5} max={480} step={15} inputMode="numeric" placeholder="45" />
              </Form.Item>
              <Form.Item name="location" label="Place or link">
                <Input maxLength={300} placeholder="Room 2, or a meeting link" />
              </Form.Item>
            </div>
            <Form.Item
              name="colleagueIds"
              label="Colleagues who take part"
              extra="They are told, and have to be free then."
            >
              <ColleagueSelect several placeholder="Nobody else" />
            </Form.Item>
            <Form.Item
              name="participants"
              label="Others who take part"
              extra="Whoever is named by a mail address gets the invitation."
            >
              <Select mode="tags" tokenSeparators={[',', ';']} open={false} placeholder="name@example.com" />
            </Form.Item>
            <Form.Item name="agenda" label="Agenda">
              <Input.TextArea rows={2} maxLength={1000} />
            </Form.Item>
            {!leadId && kind !== 'personal' && kind !== 'demo' && may('lead.assign') && (
              <Form.Item name="assigneeId" label="In whose calendar" extra="Left empty: in yours.">
                <PersonSelect allowClear />
              </Form.Item>
            )}
          </>
        )}
      </CommandForm>
    </Dialog>
  );
}

function LeadSelect({ value, onChange }: { value?: string; onChange: (id: string | undefined) => void }) {
  const [search, setSearch] = useState('');
  const words = useSettled(search.trim());
  const { data, isFetching } = useAsk(
    'lead.find',
    { search: words || 'x', limit: 10 },
    { enabled: words.length > 1, keep: true },
  );
  return (
    <Select
      showSearch
      allowClear
      filterOption={false}
      value={value}
      onChange={onChange}
      onSearch={setSearch}
      loading={isFetching}
      aria-label="Lead"
      placeholder="Name, number or telephone"
      notFoundContent={words.length > 1 ? 'No such lead' : 'Type a name, a number or a telephone'}
      options={data?.items.map(({ id, number, name, phone }) => ({
        value: id,
        label: [`#${number} ${name}`, phone].filter(Boolean).join(', '),
      }))}
    />
  );
}
