/** Graph's endpoints for one page: messages, uploads, subscriptions, lead forms. */
import type { Answer, Call, Routes } from '../http.ts';
import { partsOf } from '../telegram/multipart.ts';
import { type ApiFault, apiFaults, type World } from '../types.ts';
import { problemWithComment, problemWithMessage, problemWithPerson, type SendProblem } from './limits.ts';
import { type FacebookState, type FilledForm, type MetaMessage, type MetaPerson, personOf } from './state.ts';

/** @param taken called when a message was taken: its echo and receipts follow. */
export function facebookRoutes(
  world: World,
  state: FacebookState,
  taken: (person: MetaPerson, message: MetaMessage) => void,
  base: () => string,
): Routes {
  const { account } = state;
  return (call) => {
    const file = /^\/_meta\/(.+)$/.exec(call.path)?.[1];
    if (file) return download(file);
    const path = /^\/v\d+\.\d+\/(.+)$/.exec(call.path)?.[1];
    if (!path || !isOurs(path)) return undefined;
    const given = call.query.get('access_token') ?? call.headers.authorization?.replace('Bearer ', '');
    if (given !== account.accessToken)
      return refuse({
        status: 401,
        code: 190,
        message: 'Invalid OAuth access token - Cannot parse access token',
      });
    const fault = path.endsWith('/messages') ? world.takeFault<ApiFault>('facebook', apiFaults) : undefined;
    if (fault === 'auth')
      return refuse({
        status: 401,
        code: 190,
        message: 'Error validating access token: Session has expired',
      });
    if (fault === 'rate')
      return refuse({ status: 400, code: 613, message: 'Calls to this api have exceeded the rate limit.' });
    if (fault === 'serverError')
      return refuse({
        status: 500,
        code: 1200,
        message: 'Temporary send message failure. Please try again later.',
      });
    const answer = route(path, call);
    if (fault === 'timeoutAfterAccept') call.drop();
    return answer;
  };

  function isOurs(path: string): boolean {
    const id = path.split('/')[0]!;
    return (
      id === account.pageId ||
      account.forms.some((form) => form.id === id) ||
      state.leads.some((lead) => lead.id === id)
    );
  }

  function route(path: string, call: Call): Answer {
    const [id, edge] = path.split('/') as [string, string?];
    if (id === account.pageId) return ofPage(edge, call);
    const lead = state.leads.find((one) => one.id === id);
    if (lead) return { body: shown(lead) };
    if (edge === 'leads') return leadsOf(id, call);
    return { body: { id, name: account.forms.find((form) => form.id === id)?.name } };
  }

  function ofPage(edge: string | undefined, call: Call): Answer {
    switch (edge) {
      case undefined:
        return { body: { id: account.pageId, name: account.pageName } };
      case 'messages':
        return send(call.body);
      case 'message_attachments':
        return upload(call);
      case 'subscribed_apps':
        if (call.method === 'POST') state.subscribed = call.body.subscribed_fields ?? [];
        return {
          body:
            call.method === 'POST'
              ? { success: true }
              : { data: [{ id: '1', subscribed_fields: state.subscribed }] },
        };
      case 'leadgen_forms':
        return {
          body: { data: account.forms.map((form) => ({ id: form.id, status: 'ACTIVE' })), paging: {} },
        };
      default:
        return refuse({
          status: 400,
          code: 100,
          message: `Unsupported ${call.method.toLowerCase()} request. ${edge}`,
        });
    }
  }

  function send(body: Record<string, any>): Answer {
    const now = world.clock.now();
    const { id, comment_id: commentId } = body.recipient ?? {};
    const comment = commentId ? state.comments.get(String(commentId)) : undefined;
    const person = comment ? personOf(state, comment.author, comment.side) : state.people.get(String(id));
    const problem =
      problemWithMessage(body) ??
      (commentId ? problemWithComment(state, String(commentId), now) : problemWithPerson(person, body, now));
    if (problem) return refuse(problem);
    // developers.facebook.com/docs/graph-api/overview/rate-limiting#messenger
    const side = person!.side;
    const perSecond = side === 'page' ? 300 : 100;
    if (!world.allow('facebook', `${perSecond} messages a second`, side, { max: perSecond, perMs: 1000 }))
      return refuse({ status: 400, code: 613, message: 'Calls to this api have exceeded the rate limit.' });
    if (comment) comment.replied = true;
    const { text, quick_replies = [], attachment } = body.message;
    const uploaded = state.uploads.get(String(attachment?.payload?.attachment_id));
    const message: MetaMessage = {
      id: `m_${String(world.next()).padStart(12, '0')}`,
      direction: 'in',
      at: now,
      text: text ?? `📎 ${uploaded?.name ?? attachment?.payload?.url ?? attachment?.type}`,
      choices: quick_replies.map(({ title, payload }: any) => ({ title, payload })),
      ...(uploaded && { file: uploaded.name }),
      raw: body,
    };
    person!.messages.push(message);
    state.taken.push(body);
    world.bus.emit('change');
    taken(person!, message);
    return { body: { recipient_id: person!.id, message_id: message.id } };
  }

  function upload({ raw, headers }: Call): Answer {
    const file = partsOf(raw, headers['content-type'] ?? '').find(({ name }) => name === 'filedata');
    if (!file) return refuse({ status: 400, code: 100, message: 'Upload attachment failure.' });
    const id = `${world.next()}7777`;
    state.uploads.set(id, { name: file.filename ?? 'file', body: file.body });
    return { body: { attachment_id: id } };
  }

  function leadsOf(form: string, { query, path }: Call): Answer {
    const [filter] = JSON.parse(query.get('filtering') ?? '[]') as { value: number }[];
    const newest = state.leads
      .filter((lead) => lead.form === form && lead.at.getTime() / 1000 > (filter?.value ?? 0))
      .toReversed();
    const start = Number(query.get('after') ?? 0);
    const end = start + Number(query.get('limit') ?? 25);
    const following = new URLSearchParams([...query]);
    following.set('after', String(end));
    const more = end < newest.length && { next: `${base()}${path}?${following}` };
    return {
      body: {
        data: newest.slice(start, end).map(shown),
        paging: { cursors: { after: String(end) }, ...more },
      },
    };
  }

  function download(id: string): Answer {
    const file = state.files.get(id);
    return file ? { raw: file.body, headers: { 'content-type': file.mime } } : { status: 404, body: {} };
  }
}

const shown = ({ id, form, at, campaign, answers }: FilledForm) => ({
  id,
  form_id: form,
  created_time: at.toISOString().replace('.000Z', '+0000'),
  campaign_name: campaign,
  field_data: Object.entries(answers).map(([name, value]) => ({ name, values: [value] })),
});

const refuse = ({ status, code, subcode, message }: SendProblem): Answer => ({
  status,
  body: {
    error: {
      message: `(#${code}) ${message}`,
      type: 'OAuthException',
      code,
      ...(subcode && { error_subcode: subcode }),
      fbtrace_id: 'EMULATOR',
    },
  },
});
