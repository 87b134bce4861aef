/** Slack's Web API and response urls. Method names, arguments and error codes after docs.slack.dev/reference/methods. */
import type { Answer, Call, Routes } from '../http.ts';
import { type ApiFault, apiFaults, type World } from '../types.ts';
import { contentOf, createMethods, no, type Result } from './methods.ts';
import type { SlackState } from './state.ts';

export function webApiRoutes(world: World, state: SlackState, base: () => string): Routes {
  const { account } = state;
  const now = () => world.clock.now().getTime();
  const { methods, add, problem } = createMethods(world, state, base);

  return (call) => {
    const method = /^\/api\/([a-zA-Z.]+)$/.exec(call.path)?.[1];
    const response = /^\/_response\/(\w+)$/.exec(call.path)?.[1];
    const upload = call.method === 'POST' && /^\/_upload\/(\w+)$/.exec(call.path)?.[1];
    if (upload) return take(upload, call.raw);
    if (!method && !response) return undefined;
    const fault = isRead(method) ? undefined : world.takeFault<ApiFault>('slack', apiFaults);
    if (fault === 'rate')
      return { status: 429, headers: { 'retry-after': '3' }, body: { ok: false, error: 'ratelimited' } };
    if (fault === 'auth')
      return response ? { status: 403, body: 'invalid_token' } : { body: no('token_revoked') };
    if (fault === 'serverError') return { status: 503, body: no('service_unavailable') };
    // docs.slack.dev/apis/web-api/rate-limits: one a second to a channel; "short bursts" are taken for 20 messages.
    const isPost = method === 'chat.postMessage';
    const most = { max: 30 + 20, perMs: 30_000 };
    if (
      isPost &&
      !world.allow('slack', 'one message a second to one channel', String(call.body.channel), most)
    )
      return { status: 429, headers: { 'retry-after': '3' }, body: { ok: false, error: 'ratelimited' } };
    const answer = response ? respond(response, call.body) : { body: invoke(method!, call) };
    if (fault === 'timeoutAfterAccept') call.drop();
    world.bus.emit('change');
    return answer;
  };

  /** The bytes of an announced file: as many as were announced. */
  function take(id: string, raw: Buffer): Answer {
    const file = state.uploads.get(id);
    if (!file || raw.length !== file.size) return { status: 400, body: 'bad upload' };
    file.body = raw;
    return { body: `OK - ${raw.length}` };
  }

  function invoke(method: string, call: Call): Result {
    const run = methods[method];
    if (!run) return no('unknown_method');
    const token = call.headers.authorization?.replace('Bearer ', '') ?? call.body.token;
    if (!token) return no('not_authed');
    if (token !== (method === 'apps.connections.open' ? account.appToken : account.botToken))
      return no('invalid_auth');
    const result = run(call.body);
    if (result.ok) state.taken.push({ method, args: call.body });
    return result;
  }

  /** `response_url`: five uses within 30 minutes; docs.slack.dev/interactivity/handling-user-interaction. */
  function respond(id: string, body: Record<string, any>): Answer {
    const url = state.responseUrls.get(id);
    if (!url || url.expiresAt < now()) return { status: 404, body: 'expired_url' };
    if (url.uses >= 5) return { status: 404, body: 'used_url' };
    const fault = problem(body);
    if (fault && !body.delete_original) return { status: 400, body: (fault as { error: string }).error };
    url.uses += 1;
    state.taken.push({ method: 'response_url', args: body });
    const original = state.messages.find(({ ts, via }) => (url.ts ? ts === url.ts : via === id));
    if (body.delete_original && original) state.messages.splice(state.messages.indexOf(original), 1);
    else if (body.replace_original && original) Object.assign(original, contentOf(body), { edited: true });
    else
      add({
        channel: url.channel,
        ...(body.response_type !== 'in_channel' && { ephemeralTo: url.user }),
        via: id,
        ...contentOf(body),
      });
    return { body: 'ok' };
  }
}

/** Planned faults are for what changes something. */
const isRead = (method?: string): boolean =>
  [
    'auth.test',
    'apps.connections.open',
    'api.test',
    'users.info',
    'users.list',
    'conversations.history',
    'conversations.open',
    'files.getUploadURLExternal',
  ].includes(method ?? '');
