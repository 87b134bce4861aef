/** A real record to show a text with: a lead, or a ticket or task where the text is of those. */
import { Select } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { useSettled } from '../../shared/use-settled.ts';

type Props = {
  about: 'lead' | 'followUp' | 'appointment' | 'ticket' | 'task';
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  /** What is shown while none is chosen. */
  usual: string | undefined;
};

export function RecordPicker({ about, value, onChange, usual }: Props) {
  const [words, setWords] = useState('');
  const search = useSettled(words.trim());
  const [ofTickets, ofTasks] = [about === 'ticket', about === 'task'];
  const input = { limit: 8, ...(search && { search }) };
  const leads = useAsk('lead.list', input, { keep: true, enabled: !ofTickets && !ofTasks });
  const tickets = useAsk('ticket.list', input, { keep: true, enabled: ofTickets });
  const tasks = useAsk('task.list', input, { keep: true, enabled: ofTasks });
  const options = ofTasks
    ? tasks.data?.items.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }))
    : ofTickets
      ? tickets.data?.items.map(({ id, number, subject }) => ({ value: id, label: `${number} ${subject}` }))
      : leads.data?.items.map(({ id, number, name }) => ({ value: id, label: `#${number} ${name}` }));
  return (
    <Select
      size="small"
      showSearch
      allowClear
      filterOption={false}
      value={value}
      onSearch={setWords}
      onChange={onChange}
      placeholder={usual ?? `the newest ${ofTickets || ofTasks ? about : 'lead'}`}
      aria-label="Record for the preview"
      style={{ width: 220 }}
      options={options}
    />
  );
}
