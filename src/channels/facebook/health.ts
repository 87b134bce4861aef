/** What is wrong with a page's account, in the words of whoever must put it right. */
import type { Graph } from '../meta/graph.ts';

type Health = { ok: boolean; detail: string };
export const pageFields = [
  'messages',
  'messaging_postbacks',
  'messaging_referrals',
  'message_deliveries',
  'message_reads',
  'message_echoes',
  'feed',
  'leadgen',
];

export async function health(graph: Graph, pageId: string, needed: string[]): Promise<Health> {
  const page = await graph.get(`${pageId}?fields=name`);
  if (!page.ok) return { ok: false, detail: problemOf(page.error.error, page.error.message) };
  const apps = await graph.get(`${pageId}/subscribed_apps`);
  const name = String(page.body.name ?? pageId);
  if (!apps.ok) return { ok: false, detail: `${name}: ${problemOf(apps.error.error, apps.error.message)}` };
  const subscribed = new Set(
    (apps.body.data ?? []).flatMap((app: { subscribed_fields?: string[] }) => app.subscribed_fields ?? []),
  );
  const missing = needed.filter((field) => !subscribed.has(field));
  if (missing.length)
    return {
      ok: false,
      detail: `${name}: the page does not tell us of ${missing.join(', ')}: subscribe the app to these fields of the page.`,
    };
  return { ok: true, detail: name };
}

/** Subscribes our app to what the page has to tell. Not all tokens may: then `health` says what is missing. */
export async function subscribe(graph: Graph, pageId: string, fields: string[]): Promise<string | undefined> {
  const answer = await graph.post(`${pageId}/subscribed_apps`, { subscribed_fields: fields });
  return answer.ok ? undefined : answer.error.message;
}

function problemOf(kind: string, message: string): string {
  if (kind === 'auth')
    return `Meta refuses the page access token (${message}): it is expired, of another page, or lacks a permission (pages_messaging, pages_manage_metadata, pages_read_engagement, leads_retrieval). Make a new one for a system user.`;
  if (kind === 'content')
    return `Meta does not know this page (${message}): check pageId, and that the token is the page’s.`;
  return `Meta: ${message}`;
}
