/** The fields of a webhook, however its body was written. */
import type { WebhookRequest } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';

export type Fields = Record<string, string>;

export const maxBytes = 256 * 1024;

/** In the order sent, repeated names included: what a signature is made over. */
export const pairsOf = (body: Buffer): [string, string][] => [...new URLSearchParams(body.toString('utf8'))];

/** @throws input.malformed */
export async function fieldsOf({ query, headers, body }: WebhookRequest): Promise<Fields> {
  const type = (headers['content-type'] ?? '').toLowerCase();
  if (!body.length) return { ...query };
  if (type.includes('application/json')) return { ...query, ...flat(json(body)) };
  if (type.includes('multipart/form-data')) {
    try {
      const form = await new Response(new Uint8Array(body), {
        headers: { 'content-type': headers['content-type']! },
      }).formData();
      return {
        ...query,
        ...Object.fromEntries(
          [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
        ),
      };
    } catch {
      throw malformed('is no multipart form');
    }
  }
  return { ...query, ...Object.fromEntries(pairsOf(body)) };
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw malformed('is not JSON');
  }
}

/** `{Legs: [{Status: 'busy'}]}` → `Legs[0][Status]`, as a form writes it. */
function flat(value: unknown, path = ''): Fields {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object') return path ? { [path]: String(value) } : {};
  const inner = Object.entries(value).map(([key, one]) => flat(one, path ? `${path}[${key}]` : key));
  return Object.assign({}, ...inner);
}

const malformed = (message: string): AppError =>
  new AppError('input.malformed', { problem: `body: ${message}`, fields: [{ path: 'body', message }] });
