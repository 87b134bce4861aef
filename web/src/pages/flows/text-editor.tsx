/** One text in one language: its wordings, how they look on each channel, kept in the draft. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';
import { ChannelPreview } from './channel-preview.tsx';
import { localeWord } from './words.ts';

export function TextEditor(props: {
  flow: string;
  locale: string;
  textKey: string;
  wordings: string[];
  /** What can be pressed below it. */
  labels: string[];
  /** It is itself what is pressed. */
  isLabel: boolean;
}) {
  const { flow, locale, textKey, wordings } = props;
  const { may } = useSession();
  const [own, setOwn] = useState(wordings);
  const [looking, setLooking] = useState<number>();
  const { act, busy } = useAct('flow.saveDraft', ({ faults }) =>
    faults.length ? 'Kept in the draft, which has something to mend.' : 'Kept in the draft.',
  );
  // What is offered comes anew after saving or publishing; what is being written stays.
  const known = JSON.stringify(wordings);
  useEffect(() => setOwn(JSON.parse(known) as string[]), [known]);
  const isChanged = JSON.stringify(own) !== known;
  const mayEdit = may('flow.saveDraft');
  const set = (at: number, words: string) => setOwn(own.map((one, i) => (i === at ? words : one)));
  const save = () =>
    act({ name: flow, texts: { [locale]: { [textKey]: own.map((one) => one.trim()).filter(Boolean) } } });
  const name = `${textKey} in ${localeWord(locale)}`;
  return (
    <fieldset className="text-editor">
      <legend>
        <code>{textKey}</code>
        {props.isLabel && <span className="number">on the button</span>}
      </legend>
      {own.length === 0 && (
        <p className="form-note">Not said in {localeWord(locale)}: the English words are used.</p>
      )}
      {own.map((words, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: wordings have no other name than their place
        <div key={i} className="wording">
          <Input.TextArea
            aria-label={own.length > 1 ? `${name}, wording ${i + 1}` : name}
            value={words}
            readOnly={!mayEdit}
            autoSize={{ minRows: 1, maxRows: 8 }}
            maxLength={4000}
            onFocus={() => setLooking(i)}
            onChange={({ target }) => set(i, target.value)}
          />
          {mayEdit && own.length > 1 && (
            <Button
              type="text"
              aria-label={`Take wording ${i + 1} away`}
              icon={<DeleteOutlined aria-hidden />}
              onClick={() => setOwn(own.filter((_, at) => at !== i))}
            />
          )}
        </div>
      ))}
      <div className="text-tools">
        {mayEdit && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined aria-hidden />}
            disabled={own.length >= 20}
            onClick={() => setOwn([...own, ''])}
          >
            Another wording
          </Button>
        )}
        {mayEdit && isChanged && (
          <>
            <Button size="small" onClick={() => setOwn(wordings)}>
              As it was
            </Button>
            <Button
              size="small"
              type="primary"
              loading={busy}
              disabled={!own.some((one) => one.trim())}
              onClick={() => void save()}
            >
              Keep in the draft
            </Button>
          </>
        )}
      </div>
      {looking !== undefined && own[looking] !== undefined && (
        <ChannelPreview
          text={props.isLabel ? '' : own[looking]!}
          labels={props.isLabel ? [own[looking]!] : props.labels}
        />
      )}
    </fieldset>
  );
}
