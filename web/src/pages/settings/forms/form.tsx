/** One form: what it asks, as visitors will see it, and what to paste into the page. */
import { App, Button, Input, Typography } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Output } from '../../../api/operations.ts';
import { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import { Failure } from '../../../shared/failure.tsx';
import { Page, Panel } from '../../../shared/page.tsx';
import { useAct } from '../../../shared/use-act.ts';
import { Waiting } from '../../../shared/waiting.tsx';
import { OnSwitch } from '../on-switch.tsx';
import { FieldRows } from './field-rows.tsx';
import { Preview } from './preview.tsx';
import '../../../styles/forms.css';

export type SiteForm = Output<'form.get'>;

export default function OneForm() {
  const { formId = '' } = useParams();
  const { data, error, refetch } = useAsk('form.get', { formId });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return <Editor key={formId} form={data} />;
}

const words: [keyof SiteForm & ('title' | 'intro' | 'button' | 'thanks' | 'consent'), string, string][] = [
  ['title', 'Heading', ''],
  ['intro', 'Words below it', 'None'],
  ['button', 'Button', ''],
  ['thanks', 'After sending', ''],
  ['consent', 'Box to be ticked', 'None: for example “RSoft may call me about this.”'],
];

function Editor({ form }: { form: SiteForm }) {
  const { may } = useSession();
  const { notification } = App.useApp();
  const mayChange = may('form.update');
  const update = useAct('form.update', 'Saved. Sites show it so from now on.');
  const [draft, setDraft] = useState(form);
  const set = (news: Partial<SiteForm>) => setDraft((now) => ({ ...now, ...news }));
  const isChanged = JSON.stringify(draft) !== JSON.stringify(form);

  async function save(): Promise<void> {
    const { title, intro, button, thanks, consent, colour, fields, allowedOrigins } = draft;
    if (!fields.some(({ target }) => target === 'phone' || target === 'email')) {
      notification.warning({ message: 'Ask for a telephone number or an e-mail: else nobody can answer.' });
      return;
    }
    const { source, medium, campaign, answers } = draft;
    const done = await update.act({
      formId: form.id,
      ...{ title, button, thanks, colour, fields, source, medium, answers },
      intro: intro?.trim() ?? '',
      consent: consent?.trim() ?? '',
      campaign: campaign?.trim() ?? '',
      allowedOrigins: allowedOrigins.map((one) => one.trim()).filter(Boolean),
    });
    if (done) setDraft(done.form);
  }

  return (
    <Page
      title={form.name}
      note={
        <>
          <Link to="/settings/forms">Forms</Link> · {form.taken} filled in
          {form.spam > 0 && `, ${form.spam} by machines and dropped`}
        </>
      }
      actions={
        mayChange && (
          <span className="form-acts">
            <OnSwitch
              label="Takes answers"
              isOn={form.isOn}
              busy={update.busy}
              onChange={(isOn) => void update.act({ formId: form.id, isOn })}
            />
            <Button type="primary" disabled={!isChanged} loading={update.busy} onClick={() => void save()}>
              Save
            </Button>
          </span>
        )
      }
    >
      <Panel id="paste" title="Into your page">
        <Paste form={form} />
      </Panel>
      <div className="form-edit">
        <Panel id="asks" title="What it asks">
          <fieldset disabled={!mayChange} className="form-words">
            {words.map(([name, label, empty]) => (
              <label key={name} htmlFor={`form-${name}`}>
                {label}
                <Input
                  id={`form-${name}`}
                  value={draft[name] ?? ''}
                  placeholder={empty}
                  maxLength={name === 'button' ? 40 : name === 'title' ? 120 : 300}
                  onChange={({ target }) => set({ [name]: target.value })}
                />
              </label>
            ))}
            <label>
              Colour
              <input
                type="color"
                value={draft.colour}
                onChange={({ target }) => set({ colour: target.value })}
              />
            </label>
            <label htmlFor="form-sites">
              Sites that may show it, one a line (* for any)
              <Input.TextArea
                id="form-sites"
                value={draft.allowedOrigins.join('\n')}
                autoSize={{ minRows: 1, maxRows: 6 }}
                onChange={({ target }) => set({ allowedOrigins: target.value.split('\n') })}
              />
            </label>
            <label htmlFor="form-source">
              Leads say they come from
              <Input
                id="form-source"
                value={draft.source}
                maxLength={80}
                onChange={({ target }) => set({ source: target.value })}
              />
            </label>
          </fieldset>
          <FieldRows fields={draft.fields} onChange={(fields) => set({ fields })} disabled={!mayChange} />
        </Panel>
        <Panel id="preview" title="As visitors see it">
          <Preview form={draft} />
        </Panel>
      </div>
    </Page>
  );
}

function Paste({ form: { script, key, page, address } }: { form: SiteForm }) {
  const tag = `<script src="${script}" data-form="${key}" async></script>`;
  return (
    <div className="form-paste">
      <p>Paste this line where the form shall stand:</p>
      <Typography.Text copyable={{ text: tag }} code className="wrap">
        {tag}
      </Typography.Text>
      <p>
        Or send people to its own page:{' '}
        <Typography.Link href={page} target="_blank" copyable={{ text: page }} className="wrap">
          {page}
        </Typography.Link>
      </p>
      <details>
        <summary>From a form of your own</summary>
        <p>
          Send JSON to <code>{address}</code>. Make the id once for each form that is filled in: sent again
          with the same id, it is taken once.
        </p>
        <pre>{`await fetch('${address}', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ id: crypto.randomUUID(), fields: { name, phone, message }, page: location.href }),
});`}</pre>
      </details>
    </div>
  );
}
