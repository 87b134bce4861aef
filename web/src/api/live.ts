/**
 * What changed on the server, as it changes: `GET /api/events`. A change names a domain event; the resources it touches
 * are asked again. Bursts are gathered, so that a hundred messages in a second cause one reload.
 */
import { useSyncExternalStore } from 'react';

type Change = { name: string; subject?: { kind: string; id: string }; at: string };
export type LiveStatus = 'connecting' | 'live' | 'reconnecting';

/** First word of the event → first words of the queries whose answers it may change. */
const touches: Record<string, string[]> = {
  file: ['file'],
  message: ['file', 'conversation', 'contact', 'ledger', 'deadletter', 'lead'],
  conversation: ['conversation', 'lead', 'contact', 'deadletter'],
  contact: ['contact', 'lead', 'conversation', 'enquiry', 'duplicate'],
  enquiry: ['enquiry', 'lead', 'contact'],
  lead: ['lead', 'contact', 'enquiry', 'conversation', 'appointment', 'dashboard', 'report', 'goal'],
  call: ['lead', 'contact', 'call', 'dashboard', 'report', 'goal'],
  followup: ['lead', 'contact', 'followup', 'calendar'],
  task: ['task', 'calendar'],
  reminder: ['reminder', 'calendar'],
  calendar: ['calendar'],
  note: ['contact', 'lead', 'note'],
  competitor: ['competitor', 'contact'],
  appointment: ['appointment', 'calendar', 'lead', 'contact', 'dashboard', 'report', 'goal'],
  goal: ['goal', 'dashboard'],
  import: ['import', 'lead', 'enquiry', 'contact', 'dashboard', 'report', 'goal'],
  ticket: ['ticket', 'contact'],
  notification: ['notification'],
  user: ['user', 'team', 'link', 'lead'],
  role: ['user', 'role'],
  pipeline: ['pipeline', 'setting', 'lead'],
  link: ['link', 'user'],
  channel: ['channel'],
};
const gatherMs = 300;
/** A tab that nobody looks at gives its connection back: browsers allow six to one server, over all tabs. */
const restAfterMs = 60_000;

/** Connects until told to stop; `stale` is called with the resources to ask again. */
export function connectLive(stale: (resources: string[] | 'all') => void): () => void {
  let source: EventSource | undefined;
  let closed = false;
  let wait = 1000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gathered = new Set<string>();
  let flush: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    source = new EventSource('/api/events');
    source.onopen = () => {
      if (status === 'reconnecting') stale('all');
      wait = 1000;
      setStatus('live');
    };
    source.addEventListener('change', (event) => {
      const change = JSON.parse((event as MessageEvent<string>).data) as Change;
      for (const resource of touches[change.name.split('.')[0] ?? ''] ?? []) gathered.add(resource);
      flush ??= setTimeout(() => {
        flush = undefined;
        stale([...gathered]);
        gathered = new Set();
      }, gatherMs);
    });
    source.onerror = () => {
      setStatus('reconnecting');
      source?.close();
      if (closed) return;
      clearTimeout(timer);
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, 15_000);
    };
  };
  let rest: ReturnType<typeof setTimeout> | undefined;
  const onVisibility = () => {
    clearTimeout(rest);
    if (document.hidden) {
      rest = setTimeout(() => {
        source?.close();
        source = undefined;
        clearTimeout(timer);
      }, restAfterMs);
    } else if (!source) {
      stale('all');
      open();
    }
  };
  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    closed = true;
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(rest);
    clearTimeout(timer);
    clearTimeout(flush);
    source?.close();
    setStatus('connecting');
  };
}

let status: LiveStatus = 'connecting';
const listeners = new Set<() => void>();
function setStatus(next: LiveStatus) {
  status = next;
  for (const listener of listeners) listener();
}
export const useLiveStatus = (): LiveStatus =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => status,
  );
