/** Graph's endpoints for one WhatsApp Business account. */
import type { Answer, Call, Routes } from '../http.ts';
import { type ApiFault, apiFaults, type World } from '../types.ts';
import { type GraphProblem, pairProblem, problemWith, problemWithTemplate } from './limits.ts';
import { customerOf, type PhoneMessage, type WhatsAppState } from './state.ts';

/** @param taken called when a message was taken: its status webhooks follow. */
export function graphRoutes(
  world: World,
  state: WhatsAppState,
  taken: (to: string, message: PhoneMessage) => void,
  base: () => string,
): Routes {
  const { account } = state;
  return (call) => {
    const path = /^\/v\d+\.\d+\/(.+)$/.exec(call.path)?.[1];
    const file = /^\/_media\/(.+)$/.exec(call.path)?.[1];
    if (!path && !file) return undefined;
    if (call.headers.authorization !== `Bearer ${account.accessToken}`)
      return refuse({
        status: 401,
        code: 190,
        details: 'Invalid OAuth access token - Cannot parse access token',
      });
    if (file) return download(file);
    const fault = call.method === 'POST' ? world.takeFault<ApiFault>('whatsapp', apiFaults) : undefined;
    if (fault === 'auth')
      return refuse({
        status: 401,
        code: 190,
        details: 'Error validating access token: Session has expired',
      });
    if (fault === 'rate')
      return {
        ...refuse({
          status: 429,
          code: 130429,
          details:
            'Message failed to send because there were too many messages sent from this phone number in a short period of time',
        }),
        headers: { 'retry-after': '2' },
      };
    if (fault === 'serverError')
      return refuse({ status: 500, code: 131000, details: 'Something went wrong' });
    const answer = route(path!, call);
    if (fault === 'timeoutAfterAccept') call.drop();
    return answer;
  };

  function route(path: string, call: Call): Answer {
    if (path === `${account.phoneNumberId}/messages` && call.method === 'POST') return message(call.body);
    if (path === `${account.phoneNumberId}/media` && call.method === 'POST') return upload(call);
    if (path === account.phoneNumberId)
      return {
        body: {
          id: account.phoneNumberId,
          display_phone_number: account.displayNumber,
          verified_name: account.verifiedName,
        },
      };
    if (path === `${account.wabaId}/message_templates`) return templates(call);
    const stored = state.files.get(path);
    if (stored)
      return {
        body: {
          messaging_product: 'whatsapp',
          id: stored.id,
          mime_type: stored.mime,
          file_size: stored.body.length,
          url: `${base()}/_media/${stored.id}`,
        },
      };
    return refuse({
      status: 400,
      code: 100,
      details: `Unsupported ${call.method} request. Object with ID '${path}' does not exist`,
    });
  }

  function message(body: Record<string, any>): Answer {
    const to = String(body.to ?? body.recipient ?? '');
    if (!to) return refuse({ status: 400, code: 100, details: 'The parameter to is required.' });
    const customer = customerOf(state, to);
    const now = world.clock.now();
    const refused = problemWith(body, customer, state, now);
    if (refused) return refuse(refused);
    // developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput
    if (!world.allow('whatsapp', '80 messages a second', account.phoneNumberId, { max: 80, perMs: 1000 }))
      return refuse({ status: 400, code: 130429, details: 'Cloud API message throughput has been reached.' });
    const pair = pairProblem(customer, now);
    if (pair) {
      world.allow('whatsapp', 'a message every 6 s to one customer', to, { max: 0, perMs: 6000 });
      return refuse(pair);
    }
    const id = `wamid.EMU${String(world.next()).padStart(12, '0')}`;
    const shown: PhoneMessage = {
      id,
      direction: 'in',
      at: world.clock.now(),
      ...readable(body),
      raw: body,
      status: 'accepted',
      ref: body.biz_opaque_callback_data,
    };
    customer.messages.push(shown);
    state.taken.push(body);
    taken(customer.waId, shown);
    const contact = body.to ? { input: to, wa_id: customer.waId } : { input: to, user_id: customer.userId };
    return { body: { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id }] } };
  }

  function upload(call: Call): Answer {
    const id = `${world.next()}0000`;
    const type =
      /name="type"\r\n\r\n([^\r\n]+)/.exec(call.raw.toString('latin1'))?.[1] ?? 'application/octet-stream';
    const filename = /filename="([^"]*)"/.exec(call.raw.toString('latin1'))?.[1];
    state.files.set(id, { id, mime: type, body: filePart(call.raw), ...(filename && { filename }) });
    return { body: { id } };
  }

  function download(id: string): Answer {
    const stored = state.files.get(id);
    return stored
      ? { raw: stored.body, headers: { 'content-type': stored.mime } }
      : { status: 404, body: {} };
  }

  function templates({ method, body }: Call): Answer {
    if (method === 'GET') return { body: { data: state.templates } };
    const refused = problemWithTemplate(body, state);
    if (refused) return refuse(refused);
    const text = body.components?.find((part: any) => part.type === 'BODY')?.text ?? '';
    state.templates.push({
      name: body.name,
      language: body.language,
      params: body.category === 'AUTHENTICATION' ? 1 : new Set(text.match(/\{\{\d+\}\}/g)).size,
      status: 'PENDING',
      category: body.category,
      components: body.components,
    });
    return { body: { id: String(world.next()), status: 'PENDING', category: body.category } };
  }
}

/** What the phone shows. */
function readable(body: Record<string, any>): Pick<PhoneMessage, 'text' | 'choices'> {
  const part = body[body.type] ?? {};
  if (body.type === 'interactive') {
    const rows =
      part.action?.sections?.flatMap((section: any) => section.rows) ??
      part.action?.buttons?.map((button: any) => button.reply) ??
      [];
    return { text: part.body?.text ?? '', choices: rows };
  }
  if (body.type === 'template')
    return {
      text: `[template ${part.name}] ${(part.components?.[0]?.parameters ?? []).map((p: any) => p.text).join(' | ')}`,
      choices: [],
    };
  if (body.type === 'location')
    return { text: `📍 ${part.name ?? ''} ${part.address ?? ''}`.trim(), choices: [] };
  if (body.type === 'contacts')
    return { text: `👤 ${part.map((card: any) => card.name?.formatted_name).join(', ')}`, choices: [] };
  if (body.type === 'text') return { text: part.body, choices: [] };
  return { text: `📎 ${part.filename ?? body.type}${part.caption ? `\n${part.caption}` : ''}`, choices: [] };
}

function filePart(raw: Buffer): Buffer {
  const boundary = raw.subarray(0, raw.indexOf('\r\n'));
  const start = raw.indexOf('\r\n\r\n', raw.indexOf('filename=')) + 4;
  return raw.subarray(start, raw.indexOf(Buffer.concat([Buffer.from('\r\n'), boundary]), start));
}

const refuse = ({ status, code, details }: GraphProblem): Answer => ({
  status,
  body: {
    error: {
      message: `(#${code}) ${details}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: 'EMULATOR',
    },
  },
});
