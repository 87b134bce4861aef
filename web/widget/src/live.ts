/** Keeps the transcript coming: a WebSocket that reconnects with its cursor, and long polling where sockets are blocked. */
import { CallError, type Client } from './client.ts';
import type { Item } from './types.ts';

type Deps = {
  client: Client;
  token: () => string | undefined;
  cursor: () => number;
  onItems: (items: Item[]) => void;
  onState: (connected: boolean) => void;
  onUnauthorized: () => void;
};

const pingMs = 20_000;
const silenceMs = 8_000;
const maxBackoffMs = 15_000;
/** So many sockets that never opened, and we poll beside trying. */
const failuresBeforePolling = 2;

export function createLive(deps: Deps) {
  let socket: WebSocket | undefined;
  let failures = 0;
  let timer = 0;
  let watch = 0;
  let polling: AbortController | undefined;
  let running = false;

  function start(): void {
    if (running || !deps.token()) return;
    running = true;
    // A line from before the gap may look open for minutes.
    addEventListener('online', hangUp);
    document.addEventListener('visibilitychange', onVisible);
    open();
  }

  function open(): void {
    clearTimeout(timer);
    const token = deps.token();
    if (!running || !token) return;
    const former = socket;
    socket = undefined;
    former?.close();
    const line = new WebSocket(deps.client.socketUrl(deps.cursor()), ['parley', token]);
    socket = line;
    line.onopen = () => {
      failures = 0;
      polling?.abort();
      deps.onState(true);
      expectLife(pingMs);
    };
    line.onmessage = ({ data }) => {
      expectLife(pingMs);
      const frame = JSON.parse(data as string);
      if (frame.type === 'items') deps.onItems(frame.items);
    };
    line.onclose = ({ code }) => {
      if (socket !== line) return;
      clearTimeout(watch);
      socket = undefined;
      if (code === 4401) return deps.onUnauthorized();
      failures++;
      if (failures >= failuresBeforePolling) void poll();
      else if (failures === 1 && !navigator.onLine) deps.onState(false);
      timer = window.setTimeout(
        open,
        Math.min(maxBackoffMs, 400 * 2 ** failures) * (0.5 + Math.random() / 2),
      );
    };
  }

  /** Browsers hide protocol pings: ask ourselves, and hang up on silence (a laptop that slept, a changed network). */
  function expectLife(inMs: number): void {
    clearTimeout(watch);
    watch = window.setTimeout(() => {
      if (socket?.readyState !== WebSocket.OPEN) return;
      socket.send('{"type":"ping"}');
      watch = window.setTimeout(hangUp, silenceMs);
    }, inMs);
  }

  function hangUp(): void {
    const line = socket;
    socket = undefined;
    clearTimeout(watch);
    line?.close();
    open();
  }

  async function poll(): Promise<void> {
    if (polling) return;
    const own = new AbortController();
    polling = own;
    try {
      // The first look is short, so that we know at once whether the server is there.
      for (let wait = 0; running && !own.signal.aborted; wait = 20) {
        const { items } = await deps.client.read(deps.token() ?? '', deps.cursor(), wait, own.signal);
        deps.onState(true);
        if (items.length > 0) deps.onItems(items);
      }
    } catch (error) {
      if (error instanceof CallError && error.status === 401) deps.onUnauthorized();
      else if (!own.signal.aborted) deps.onState(false);
    } finally {
      polling = undefined;
    }
  }

  function hurry(): void {
    if (socket?.readyState === WebSocket.OPEN) {
      expectLife(0);
      return;
    }
    failures = 0;
    open();
  }

  const onVisible = () => document.visibilityState === 'visible' && hurry();

  return {
    start,
    /** With another token: drop the line and begin again. */
    restart() {
      const line = socket;
      socket = undefined;
      line?.close();
      polling?.abort();
      if (running) open();
      else start();
    },
  };
}
