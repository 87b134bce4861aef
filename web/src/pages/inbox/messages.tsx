/** A conversation's messages, oldest first; earlier ones on request; the newest stays in view. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { Fragment, useEffect, useLayoutEffect, useRef } from 'react';
import { ask } from '../../api/client.ts';
import type { Message } from '../../api/operations.ts';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { day, dayKey } from '../../shared/time.ts';
import { type StoredFile, useFiles } from './files.tsx';
import { MessageBubble } from './message-bubble.tsx';

const pageSize = 50;

export function Messages({ conversationId, compact }: { conversationId: string; compact?: boolean }) {
  const query = useInfiniteQuery({
    queryKey: ['data', 'default', 'conversation', 'conversation.messages', conversationId],
    queryFn: ({ pageParam, signal }) =>
      ask(
        'conversation.messages',
        { conversationId, limit: pageSize, ...(pageParam && { before: pageParam }) },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ items }) => (items.length === pageSize ? items[0]?.seq : undefined),
  });
  const items = query.data?.pages.flatMap((page) => page.items).sort((a, b) => a.seq - b.seq);
  const files = useFiles(conversationId, items);
  const box = useStayAtEnd(items?.at(-1)?.id);

  if (query.error && !items) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className="messages" ref={box} role="log" aria-label="Messages" data-compact={compact}>
      {query.hasNextPage && (
        <Button
          type="text"
          size="small"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          Earlier messages
        </Button>
      )}
      {!items ? (
        <Skeleton active />
      ) : items.length ? (
        items.map((message, index) => (
          <Dated
            key={message.id}
            conversationId={conversationId}
            message={message}
            before={items[index - 1]}
            files={files.get(message.id)}
          />
        ))
      ) : (
        <Nothing title="No message yet" />
      )}
    </div>
  );
}

type DatedProps = { conversationId: string; message: Message; before?: Message; files?: StoredFile[] };

function Dated({ conversationId, message, before, files }: DatedProps) {
  return (
    <Fragment>
      {(!before || dayKey(before.at) !== dayKey(message.at)) && (
        <div className="message-day">{day(message.at)}</div>
      )}
      <MessageBubble conversationId={conversationId} message={message} files={files} />
    </Fragment>
  );
}

/** Follows new messages unless the person has scrolled up to read. */
function useStayAtEnd(last: string | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    const note = () => {
      if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    };
    // A picture takes its room when it has come.
    const stay = () => {
      if (element && atEnd.current) element.scrollTo(0, element.scrollHeight);
    };
    element?.addEventListener('scroll', note);
    element?.addEventListener('load', stay, true);
    return () => {
      element?.removeEventListener('scroll', note);
      element?.removeEventListener('load', stay, true);
    };
  }, []);
  useLayoutEffect(() => {
    if (last && atEnd.current) void box.current?.scrollTo(0, box.current.scrollHeight);
  }, [last]);
  return box;
}
