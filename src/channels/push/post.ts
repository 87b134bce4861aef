/** Posts to an address that a browser gave us: never into our own network, no redirect followed. */
import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RequestDetails } from 'web-push';
import { mediaUrlProblem, publicOnly } from '../media.ts';

type Answer =
  | { status: number; location?: string; retryAfter?: number }
  | { refused: string }
  | { lost: string };

const timeoutMs = 15_000;

export function post({ endpoint, headers, body }: RequestDetails, trusted: string[]): Promise<Answer> {
  const target = new URL(endpoint);
  const known = trusted.includes(target.host);
  const problem = known
    ? undefined
    : target.protocol === 'https:'
      ? mediaUrlProblem(endpoint)
      : 'is not encrypted';
  if (problem) return Promise.resolve({ refused: `the push service ${problem}` });
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const call = request(
      target,
      {
        method: 'POST',
        headers: headers as Record<string, string>,
        timeout: timeoutMs,
        ...(!known && { lookup: publicOnly(lookup) }),
      },
      (response) => {
        response.resume();
        response.on('error', () => {});
        const { location, 'retry-after': after } = response.headers;
        const seconds = Number(after);
        resolve({
          status: response.statusCode ?? 0,
          ...(location && { location }),
          ...(after && Number.isFinite(seconds) && { retryAfter: seconds }),
        });
      },
    );
    call.on('timeout', () => call.destroy(new Error('the push service did not answer in time')));
    call.on('error', (error) => resolve({ lost: error.message }));
    call.end(body);
  });
}
