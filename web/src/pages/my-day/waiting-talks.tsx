import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { talkName } from '../../shared/talk-name.ts';
import { When } from '../../shared/when.tsx';

/** Customers who asked for a person, or wrote after one took over. */
export function WaitingTalks() {
  const { data } = useAsk('conversation.list', { waiting: true, limit: 8 }, { keep: true });
  return (
    <Panel
      id="talks"
      title="Customers waiting for you"
      count={data?.total}
      tone={data?.total ? 'waits' : undefined}
    >
      {!data ? (
        <Skeleton active className="panel-loading" />
      ) : data.items.length ? (
        <ul className="talks">
          {data.items.map((talk) => (
            <li key={talk.id}>
              <Link to={`/inbox/${talk.id}`} className="talk">
                <ChannelIcon channel={talk.channel} />
                <span className="talk-text">
                  <strong>{talkName(talk)}</strong>
                  <span>{talk.preview}</span>
                </span>
                <When at={talk.lastMessageAt} as="ago" />
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Nothing title="Nobody is waiting" hint="The bot answers; whoever asks for a person appears here." />
      )}
    </Panel>
  );
}
