/** A contact that turns out to be two: which addresses and conversations are somebody else's. */
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { Failure } from '../../shared/failure.tsx';
import { identityWords } from '../../shared/identity.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { When } from '../../shared/when.tsx';
import { movedWords } from './words.ts';
import '../../styles/duplicates.css';

export default function SplitPage() {
  const { contactId = '' } = useParams();
  const navigate = useNavigate();
  const { data, error, refetch } = useAsk('contact.compare', { keep: contactId, merge: contactId });
  const { act, busy } = useAct('contact.split', ({ moved }) => `Split off, with ${movedWords(moved)}.`);
  const [name, setName] = useState('');
  const [going, setGoing] = useState<string[]>([]);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const { contact, leads, conversations } = data.keep;
  const toggle = (key: string) => ({
    checked: going.includes(key),
    onChange: () => setGoing(going.includes(key) ? going.filter((one) => one !== key) : [...going, key]),
  });
  const split = async () => {
    const done = await act({
      contactId,
      ...(name.trim() && { name }),
      identities: contact.identities.filter(({ scheme, value }) => going.includes(`${scheme}:${value}`)),
      conversationIds: conversations.map(({ id }) => id).filter((id) => going.includes(id)),
      withLeads: leads.map(({ id }) => id).filter((id) => going.includes(id)),
    });
    if (done) navigate(`/duplicates/${contactId}/${done.contact.id}`);
  };
  const staying = contact.identities.filter(({ scheme, value }) => !going.includes(`${scheme}:${value}`));
  const parts = conversations.length + leads.length;
  const isAll = contact.identities.length > 0 && !staying.length;
  const why = !going.length
    ? 'Tick at least one thing that is somebody else’s.'
    : isAll
      ? `One address at least stays with ${contact.name}.`
      : undefined;
  return (
    <Page
      title={`Split ${contact.name}`}
      note="Tick what is somebody else’s: it becomes a contact of its own. It can be undone."
    >
      {contact.identities.length + parts < 2 ? (
        <Nothing
          title="There is nothing to split"
          hint={`${contact.name} has one address and nothing else that could be another person’s.`}
          action={leads[0] && <Link to={`/leads/${leads[0].id}`}>Back to lead #{leads[0].number}</Link>}
        />
      ) : (
        <form
          className="split"
          onSubmit={(event) => {
            event.preventDefault();
            void split();
          }}
        >
          <Panel id="addresses" title="Addresses">
            <div className="split-list">
              {contact.identities.map(({ scheme, value }) => (
                <Checkbox key={scheme + value} {...toggle(`${scheme}:${value}`)}>
                  {identityWords({ scheme, value })}
                </Checkbox>
              ))}
            </div>
          </Panel>
          {parts > 0 && (
            <Panel id="records" title="Conversations and leads">
              <div className="split-list">
                {conversations.map(({ id, channel, preview, lastMessageAt }) => (
                  <Checkbox key={id} {...toggle(id)}>
                    <strong>{channelLabel(channel)}</strong>, <When at={lastMessageAt} />
                    <span className="split-preview">{preview}</span>
                  </Checkbox>
                ))}
                {leads.map(({ id, number, stageLabel, product }) => (
                  <Checkbox key={id} {...toggle(id)}>
                    <strong>Lead #{number}</strong>
                    <span className="split-preview">{[stageLabel, product].filter(Boolean).join(' · ')}</span>
                  </Checkbox>
                ))}
              </div>
            </Panel>
          )}
          <Panel id="other" title="The other person">
            <div className="split-end">
              <label htmlFor="split-name">
                <span>Their name, if it is known</span>
                <Input
                  id="split-name"
                  value={name}
                  onChange={({ target }) => setName(target.value)}
                  maxLength={120}
                />
              </label>
              <p className="form-note" role="status">
                {why ??
                  `${going.length} of ${contact.identities.length + parts} go to the other person; the rest stays with ${contact.name}.`}
              </p>
              <Button type="primary" htmlType="submit" loading={busy} disabled={why !== undefined}>
                Split off
              </Button>
            </div>
          </Panel>
        </form>
      )}
    </Page>
  );
}
