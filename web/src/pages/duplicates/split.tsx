/** A contact that turns out to be two: which addresses and conversations are somebody else's. */
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { grouped } from '../../shared/phone.ts';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
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
  return (
    <Page
      title={`Split ${contact.name}`}
      note="Tick what is somebody else’s: it becomes a contact of its own."
    >
      <Panel id="addresses" title="Addresses">
        <div className="split-list">
          {contact.identities.map(({ scheme, value }) => (
            <Checkbox key={value} {...toggle(`${scheme}:${value}`)}>
              {scheme === 'phone' ? grouped(value) : value}
            </Checkbox>
          ))}
        </div>
      </Panel>
      {(conversations.length > 0 || leads.length > 0) && (
        <Panel id="records" title="Conversations and leads">
          <div className="split-list">
            {conversations.map(({ id, channel, preview }) => (
              <Checkbox key={id} {...toggle(id)}>
                {channel}: {preview}
              </Checkbox>
            ))}
            {leads.map(({ id, number, stageLabel, product }) => (
              <Checkbox key={id} {...toggle(id)}>
                Lead #{number} {[stageLabel, product].filter(Boolean).join(' · ')}
              </Checkbox>
            ))}
          </div>
        </Panel>
      )}
      <form
        className="merge-bar"
        onSubmit={(event) => {
          event.preventDefault();
          void split();
        }}
      >
        <label htmlFor="split-name">
          <span>Name of the other person</span>
          <Input
            id="split-name"
            value={name}
            onChange={({ target }) => setName(target.value)}
            maxLength={120}
          />
        </label>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!going.length}>
          Split off
        </Button>
      </form>
    </Page>
  );
}
