/** The Dynamic Message Builder [M50]: fields are put in where the cursor stands; beside it, the text with a real record. */
import { Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef } from 'react';
import type { Rule } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSettled } from '../../shared/use-settled.ts';
import { RecordPicker } from './record-picker.tsx';
import { recipientLabels } from './rule-words.ts';

type Props = {
  id?: string;
  value?: string;
  onChange?: (text: string) => void;
  fields: { name: string; about: string }[];
  rule: Rule;
  locale: string;
  whose: 'client' | 'staff' | undefined;
  recordId: string | undefined;
  onRecord: (id: string | undefined) => void;
};

export function MessageBuilder({ id, value = '', onChange, fields, ...about }: Props) {
  const { whose } = about;
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
        placeholder={whose === 'staff' ? 'the same as for the client' : undefined}
        dir="auto"
      />
      <fieldset className="builder-fields" aria-label="Insert a field">
        {fields.map(({ name, about: words }) => (
          <button key={name} type="button" title={words} onClick={() => insert(name)}>
            {`{${name}}`}
          </button>
        ))}
      </fieldset>
      <Preview text={value} {...about} />
    </div>
  );
}

function Preview({
  rule,
  text,
  locale,
  whose,
  recordId,
  onRecord,
}: Pick<Props, 'rule' | 'locale' | 'whose' | 'recordId' | 'onRecord'> & { text: string }) {
  const settled = useSettled(text, 400);
  const { data, error } = useAsk(
    'notification.preview',
    {
      key: rule.key,
      locale,
      text: settled,
      ...(whose && { whose }),
      ...(recordId && { recordId }),
    },
    { enabled: settled.trim().length > 0, keep: true },
  );
  if (!settled.trim()) return null;
  const { previews = [], record } = data ?? {};
  // Colleagues mostly read the same: once is enough.
  const groups = Map.groupBy(previews, (one) => one.text);
  return (
    <div className="builder-preview">
      <div className="builder-preview-head">
        <span>As it will read for</span>
        <RecordPicker about={rule.about} value={recordId} onChange={onRecord} usual={record} />
      </div>
      {error ? (
        <p className="late" role="alert">
          {error.message}
        </p>
      ) : (
        [...groups].map(([words, people]) => (
          <div key={words} className="builder-words">
            <small>
              {people
                .map(({ to, name }) =>
                  name && name !== to ? `${recipientLabels[to]}, ${name}` : recipientLabels[to],
                )
                .join(' · ')}
            </small>
            <p dir="auto">{words}</p>
            {people
              .flatMap(({ fits }) => fits)
              .filter(({ level, channel }) => level !== 'ok' || channel === 'sms')
              .map(({ says, level }) => (
                <small key={says} className={level === 'toolong' ? 'late' : undefined} data-fit={level}>
                  {says}
                </small>
              ))}
          </div>
        ))
      )}
    </div>
  );
}
