/** Entries out of a text: pasted, from a file of one's own, or from the folder of the configuration. */
import { Alert, Button, Checkbox, Input, Select, Upload } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { useAct } from '../../shared/use-act.ts';
import { useSettled } from '../../shared/use-settled.ts';
import { languageOptions, times } from './words.ts';

const example = `## Do you offer training?
Also: who trains us | training milegi kya
Two online sessions of 90 minutes are included.

## Can we pay monthly?
Yes, from ten users on.`;

export default function ImportDialog({ files, onClose }: { files: string[]; onClose: () => void }) {
  const [text, setText] = useState('');
  const [language, setLanguage] = useState('en');
  const [publish, setPublish] = useState(false);
  const words = useSettled(text.trim());
  const { data, error, isFetching } = useAsk(
    'knowledge.read',
    { text: words || '-', language },
    { enabled: words !== '', keep: true },
  );
  const found = words ? data : undefined;
  const { act, busy } = useAct('knowledge.import', ({ created, changed, kept }) =>
    [
      `${times(created, 'entry', 'entries')} taken over`,
      changed ? `${changed} changed` : '',
      kept ? `${kept} left as they are` : '',
    ]
      .filter(Boolean)
      .join(', '),
  );
  const state = publish ? ('published' as const) : ('draft' as const);
  const take = async (given: { text?: string }) => {
    if (await act({ ...given, language, state })) onClose();
  };
  return (
    <Dialog open title="Import answers" onClose={onClose} width={680}>
      <p className="form-note">
        Markdown or plain text: a question begins with “## ”, or ends with “?”, and its answer stands below
        it.
      </p>
      <Input.TextArea
        aria-label="Text to import"
        value={text}
        onChange={({ target }) => setText(target.value)}
        placeholder={example}
        autoSize={{ minRows: 8, maxRows: 14 }}
      />
      <div className="import-tools">
        <Upload
          accept=".md,.txt,.markdown"
          showUploadList={false}
          beforeUpload={(file) => {
            void file.text().then(setText);
            return false;
          }}
        >
          <Button>Open a file</Button>
        </Upload>
        <Select
          aria-label="Language"
          value={language}
          options={languageOptions}
          onChange={setLanguage}
          style={{ width: 130 }}
        />
        <Checkbox checked={publish} onChange={({ target }) => setPublish(target.checked)}>
          Publish at once
        </Checkbox>
      </div>
      {error && words && <Alert type="error" message={error.message} />}
      {found && (
        <div className="import-found" aria-busy={isFetching}>
          <strong>{times(found.items.length, 'entry', 'entries')} found</strong>
          <ul>
            {found.items.slice(0, 8).map(({ title, text: answer }) => (
              <li key={title}>
                {title} <small>{answer.slice(0, 90)}</small>
              </li>
            ))}
          </ul>
          {found.items.length > 8 && <small>and {found.items.length - 8} more</small>}
          {found.faults.map((fault) => (
            <p key={fault} className="late">
              Left out: {fault}
            </p>
          ))}
        </div>
      )}
      <div className="import-acts">
        <Button
          type="primary"
          loading={busy}
          disabled={!found?.items.length}
          onClick={() => take({ text: words })}
        >
          {found?.items.length ? `Take over ${times(found.items.length, 'entry', 'entries')}` : 'Take over'}
        </Button>
        {files.length > 0 && (
          <Button loading={busy} disabled={words !== ''} title={files.join(', ')} onClick={() => take({})}>
            From {times(files.length, 'file')} of the configuration
          </Button>
        )}
      </div>
    </Dialog>
  );
}
