import { Alert } from 'antd';
import { useEffect } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { Brief } from './brief.tsx';
import { Composer } from './composer.tsx';
import { Messages } from './messages.tsx';
import { Origin } from './origin.tsx';
import { Outage } from './outage.tsx';
import { ThreadHead } from './thread-head.tsx';

export function Thread({ conversationId }: { conversationId: string }) {
  const { may } = useSession();
  const { data: talk, error, refetch } = useAsk('conversation.get', { conversationId });
  const { act: markRead } = useAct('conversation.markRead');
  const unread = talk?.unread ?? 0;
  const visible = may('conversation.markRead') && unread > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each count that arrives
  useEffect(() => {
    if (visible) void markRead({ conversationId });
  }, [visible, unread]);

  if (error && !talk) return <Failure error={error} retry={() => void refetch()} />;
  if (!talk) return <Waiting />;
  return (
    <section className="thread" aria-label="Conversation">
      <ThreadHead talk={talk} />
      {talk.summary && talk.mode === 'human' && (
        <p className="thread-summary">
          <strong>From the bot:</strong> {talk.summary}
        </p>
      )}
      <Origin talk={talk} />
      <Brief talk={talk} />
      <Messages conversationId={conversationId} />
      <Outage talk={talk} />
      {talk.optedOut ? (
        <Alert
          className="thread-optout"
          type="warning"
          showIcon
          message="This customer has opted out"
          description="Nothing is sent until they write START. Ring them only if they asked for it."
        />
      ) : (
        may('conversation.reply') && <Composer talk={talk} />
      )}
    </section>
  );
}
