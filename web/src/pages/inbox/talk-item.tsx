import { CloudOutlined, RobotOutlined, UserOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import type { Conversation } from '../../api/operations.ts';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { talkName } from '../../shared/talk-name.ts';
import { When } from '../../shared/when.tsx';
import { useOutage } from './outage.tsx';

export function TalkItem({ talk, open }: { talk: Conversation; open: boolean }) {
  // What the bot has answered needs nobody's attention.
  const unread = talk.unread > 0 && talk.mode === 'human';
  const outage = useOutage(talk);
  return (
    <li>
      <Link
        to={`/inbox/${talk.id}`}
        className="talk"
        data-open={open}
        data-unread={unread}
        aria-current={open ? 'true' : undefined}
      >
        <ChannelIcon channel={talk.channel} />
        <span className="talk-text">
          <strong>{talkName(talk)}</strong>
          <span>{talk.preview || 'No message yet'}</span>
        </span>
        <span className="talk-aside">
          <When at={talk.lastMessageAt} as="ago" />
          {outage && (
            <CloudOutlined title="Takes no messages now: what you write waits" className="mode away" />
          )}
          {unread ? (
            <span className="unread" title={`${talk.unread} unread`}>
              {talk.unread > 99 ? '99+' : talk.unread}
            </span>
          ) : talk.mode === 'bot' ? (
            <RobotOutlined title="The bot answers" className="mode" />
          ) : (
            <UserOutlined title="A colleague answers" className="mode" />
          )}
        </span>
      </Link>
    </li>
  );
}
