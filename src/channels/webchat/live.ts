/** A visitor's view of the transcript that follows it: pulls what is new whenever the bell rings, in order, once. */
import type { MediaRef } from '../../core/messaging.ts';
import type { WebchatAccount } from './channel.ts';
import { type ChatItem, type Transcript, toChatItem } from './items.ts';

const page = 100;

export type LiveDeps = {
  account: WebchatAccount;
  transcript: Transcript;
  mediaUrl: (media: MediaRef) => string;
};

/** @param deliver gets at least one item, oldest first; what it throws is logged and the items come again. */
export function follow(
  { account, transcript, mediaUrl }: LiveDeps,
  thread: string,
  after: number,
  deliver: (items: ChatItem[]) => void,
) {
  let cursor = after;
  let running = false;
  let again = false;
  let stopped = false;

  async function pull(): Promise<void> {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again && !stopped) {
        again = false;
        const items = await transcript.after(thread, cursor, page);
        if (items.length === 0 || stopped) continue;
        deliver(items.map((item) => toChatItem(item, mediaUrl)));
        cursor = items.at(-1)!.seq;
        again ||= items.length === page;
      }
    } catch (error) {
      account.port.log.error(
        { err: error, thread },
        'a web chat could not be read; the next bell or heartbeat tries again',
      );
    } finally {
      running = false;
    }
  }

  const unsubscribers = [transcript.subscribe(thread, pull), account.onSent(thread, pull)];
  return {
    pull,
    stop() {
      stopped = true;
      for (const unsubscribe of unsubscribers) unsubscribe();
    },
  };
}

/** One page after the cursor; when there is none, waits up to `waitMs` for the bell (long polling). */
export async function readItems(
  deps: LiveDeps,
  thread: string,
  after: number,
  limit: number,
  waitMs: number,
  gone: AbortSignal,
): Promise<ChatItem[]> {
  const read = async () =>
    (await deps.transcript.after(thread, after, limit)).map((item) => toChatItem(item, deps.mediaUrl));
  if (waitMs === 0) return read();

  let ring = () => {};
  const rung = new Promise<void>((resolve) => {
    ring = resolve;
  });
  // Listening begins before the first look, so that nothing falls in between.
  const unsubscribe = deps.transcript.subscribe(thread, ring);
  const timer = setTimeout(ring, waitMs);
  gone.addEventListener('abort', ring, { once: true });
  try {
    const items = await read();
    if (items.length > 0) return items;
    await rung;
    return gone.aborted ? [] : await read();
  } finally {
    clearTimeout(timer);
    unsubscribe();
  }
}
