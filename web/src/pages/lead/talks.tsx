import { useState } from 'react';
import { Link } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { ChannelIcon, channelLabel } from '../../shared/channel-icon.tsx';
import { Panel } from '../../shared/page.tsx';
import { When } from '../../shared/when.tsx';
import { Messages } from '../inbox/messages.tsx';
import '../../styles/inbox.css';

/** The conversations with this person, on every channel; the one that is opened is read here. */
export function Talks({ contactId }: { contactId: string }) {
  const { data } = useAsk('conversation.list', { contactId, limit: 10 });
  const [open, setOpen] = useState<string>();
  if (!data?.items.length) return null;
  return (
    <Panel id="lead-talks" title="Conversations" count={data.total}>
      <ul className="lead-talks">
        {data.items.map((talk) => (
          <li key={talk.id}>
            <div className="lead-talk">
              <button
                type="button"
                className="talk"
                aria-expanded={open === talk.id}
                onClick={() => setOpen(open === talk.id ? undefined : talk.id)}
              >
                <ChannelIcon channel={talk.channel} />
                <span className="talk-text">
                  <strong>{channelLabel(talk.channel)}</strong>
                  <span>{talk.preview}</span>
                </span>
                <When at={talk.lastMessageAt} as="ago" />
              </button>
              <Link to={`/inbox/${talk.id}`}>Open</Link>
            </div>
            {open === talk.id && <Messages conversationId={talk.id} compact />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
