/** Conversations as they happen: the list beside the one that is open; on a phone, one after the other. */
import { useParams } from 'react-router';
import { Nothing } from '../../shared/nothing.tsx';
import { useNarrow } from '../../shared/use-narrow.ts';
import { useTitle } from '../../shared/use-title.ts';
import { TalkList } from './talk-list.tsx';
import { Thread } from './thread.tsx';
import '../../styles/inbox.css';
import '../../styles/inbox-files.css';

export default function Inbox() {
  const { conversationId } = useParams();
  const narrow = useNarrow();
  useTitle('Inbox');
  return (
    <div className="inbox">
      {(!narrow || !conversationId) && <TalkList openId={conversationId} />}
      {conversationId ? (
        <Thread key={conversationId} conversationId={conversationId} />
      ) : (
        !narrow && (
          <div className="inbox-blank">
            <Nothing
              title="Choose a conversation"
              hint="Those waiting for a person stand first. The bot answers the others; you can take over at any time."
            />
          </div>
        )
      )}
    </div>
  );
}
