/** The Dynamic Message Builder [M50]: fields are put in where the cursor stands; beside it, the text with a real lead. */
import { Input, Select } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import type { Lead } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSettled } from '../../shared/use-settled.ts';
import { recipientLabels } from './rule-words.ts';

type Props = {
  id?: string;
  value?: string;
  onChange?: (text: string) => void;
  fields: { name: string; about: string }[];
  ruleKey: string;
  locale: string;
};

export function MessageBuilder({ id, value = '', onChange, fields, ruleKey, locale }: Props) {
  const area = useRef<TextAreaRef>(null);
  const insert = (name: string) => {
    const element = area.current?.resizableTextArea?.textArea;
    const at = element?.selectionStart ?? value.length;
    const end = element?.selectionEnd ?? at;
    const words = `{${name}}`;
    onChange?.(value.slice(0, at) + words + value.slice(end));
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(at + words.length, at + words.length);
    });
  };
  return (
    <div className="builder">
      <Input.TextArea
        id={id}
        ref={area}
        value={value}
        onChange={({ target }) => onChange?.(target.value)}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={2000}
        dir="auto"
      />
      <fieldset className="builder-fields" aria-label="Insert a field">
        {fields.map(({ name, about }) => (
          <button key={name} type="button" title={about} onClick={() => insert(name)}>
            {`{${name}}`}
          </button>
        ))}
      </fieldset>
      <Preview ruleKey={ruleKey} text={value} locale={locale} />
    </div>
  );
}

function Preview({ ruleKey, text, locale }: { ruleKey: string; text: string; locale: string }) {
  const [leadId, setLeadId] = useState<string>();
  const settled = useSettled(text, 400);
  const { data, error } = useAsk(
    'notification.preview',
    { key: ruleKey, locale, text: settled, ...(leadId && { leadId }) },
    { enabled: settled.length > 0, keep: true },
  );
  return (
    <div className="builder-preview">
      <div className="builder-preview-head">
        <span>As it will read for</span>
        <LeadPicker value={leadId} onChange={setLeadId} />
      </div>
      {error ? (
        <p className="late">{error.message}</p>
      ) : (
        data?.previews.map(({ to, name, text: words }) => (
          <p key={to + name} dir="auto">
            <small>
              {recipientLabels[to]}
              {name && `, ${name}`}
            </small>
            {words}
          </p>
        ))
      )}
    </div>
  );
}

function LeadPicker({ value, onChange }: { value?: string; onChange: (id: string | undefined) => void }) {
  const [words, setWords] = useState('');
  const search = useSettled(words.trim());
  const { data } = useAsk('lead.list', { limit: 8, ...(search && { search }) }, { keep: true });
  const label = (lead: Lead) => `${lead.name} #${lead.number}`;
  return (
    <Select
      size="small"
      showSearch
      allowClear
      filterOption={false}
      value={value}
      onSearch={setWords}
      onChange={onChange}
      placeholder="the newest lead"
      aria-label="Lead for the preview"
      style={{ width: 220 }}
      options={data?.items.map((lead) => ({ value: lead.id, label: label(lead) }))}
    />
  );
}
