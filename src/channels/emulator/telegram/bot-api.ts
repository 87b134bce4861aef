/** `https://api.telegram.org/bot<token>/<method>` and `/file/bot<token>/<path>`. */
import type { Answer, Call, Routes } from '../http.ts';
import { type ApiFault, apiFaults, type World } from '../types.ts';
import type { Problem } from './limits.ts';
import { type Args, createMethods } from './methods.ts';
import { type Part, partsOf } from './multipart.ts';
import type { TelegramState } from './state.ts';

export function botApiRoutes(world: World, state: TelegramState): Routes & { run: Run } {
  const methods = createMethods(world, state);
  const { token } = state.bot;

  const routes = async (call: Call): Promise<Answer | undefined> => {
    const [, file, given, rest] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(call.path) ?? [];
    if (given === undefined || decodeURIComponent(given) !== token) return undefined;
    if (file) return download(rest!);
    const { args, files } = read(call);
    const fault =
      rest!.startsWith('send') || rest === 'editMessageText'
        ? world.takeFault<ApiFault>('telegram', apiFaults)
        : undefined;
    if (fault === 'auth') return refuse({ status: 401, description: 'Unauthorized' });
    if (fault === 'rate')
      return refuse({
        status: 429,
        description: 'Too Many Requests: retry after 3',
        parameters: { retry_after: 3 },
      });
    if (fault === 'serverError') return refuse({ status: 502, description: 'Bad Gateway' });
    const answer = await run(rest!, args, files);
    if (fault === 'timeoutAfterAccept') call.drop();
    return answer;
  };

  async function run(name: string, args: Args, files: Part[] = []): Promise<Answer> {
    const method = methods[name];
    if (!method) return refuse({ status: 404, description: 'Not Found' });
    const done = await method(args, files);
    if ('problem' in done) return refuse(done.problem);
    if (name !== 'getUpdates') {
      state.taken.push({ method: name, args });
      world.bus.emit('change');
    }
    return { body: { ok: true, result: done.result } };
  }

  function download(path: string): Answer {
    const file = state.files.get(path.split('/').at(-1)!);
    return file
      ? { raw: file.body, headers: { 'content-type': 'application/octet-stream' } }
      : { status: 404, body: {} };
  }

  return Object.assign(routes, { run });
}
type Run = (name: string, args: Args, files?: Part[]) => Promise<Answer>;

/** After every bot's own routes: nobody has this token. */
export const unknownBot: Routes = ({ path }) =>
  /^\/(file\/)?bot[^/]+\//.test(path) ? refuse({ status: 401, description: 'Unauthorized' }) : undefined;

const refuse = ({ status, description, parameters }: Problem): Answer => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters && { parameters }) },
});

function read({ body, raw, headers }: Call): { args: Args; files: Part[] } {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return { args: body, files: [] };
  const parts = partsOf(raw, type);
  const fields = parts.filter(({ filename }) => filename === undefined);
  const args = Object.fromEntries(
    fields.map(({ name, body: value }) => {
      const text = value.toString('utf8');
      return [name, /^[[{]/.test(text) ? JSON.parse(text) : text];
    }),
  );
  return { args, files: parts.filter(({ filename }) => filename !== undefined) };
}
