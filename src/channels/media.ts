/**
 * Files by address: fetched once, size-capped, type-checked, from named hosts only. An address inside our own network is
 * refused after its name was resolved, and the connection is made to exactly the address that was checked.
 */
import { lookup as resolveHost } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { AppError } from '../core/errors.ts';

export type MediaRules = {
  /** Host names (exact, or `.example.com` for its subdomains) that may be asked. */
  hosts: string[];
  /** Hosts that may be on a private address, because an administrator wrote them into the settings. */
  trusted?: string[];
  maxBytes: number;
  /** MIME types, or their first half with a slash (`image/`). */
  types: string[];
  headers?: Record<string, string>;
  timeoutMs?: number;
  /** Resolves names; the system's resolver when absent. */
  resolve?: typeof resolveHost;
};

/** @throws AppError input.invalid (address, type), input.too_large; Error when the host does not answer. */
export async function fetchMedia(url: string, rules: MediaRules): Promise<{ body: Buffer; mime: string }> {
  const target = parse(url);
  const trusted = rules.trusted?.includes(target.host) ?? false;
  if (!trusted) {
    const problem = mediaUrlProblem(url);
    if (problem) throw refused(problem);
    if (
      !rules.hosts.some((host) =>
        host.startsWith('.') ? target.hostname.endsWith(host) : target.hostname === host,
      )
    ) {
      throw refused(`${target.hostname} is not a host that files are taken from`);
    }
  }
  return download(target, rules, trusted ? undefined : publicOnly(rules.resolve ?? resolveHost));
}

/** Why an address must not be handed on or fetched; undefined when there is nothing against it by its looks. */
export function mediaUrlProblem(url: string): string | undefined {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (!target) return 'is not an address';
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return `${target.protocol} is not allowed`;
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host.endsWith('.internal') ||
    host.endsWith('.local')
  )
    return 'is inside the network';
  return isIP(host) && isPrivate(host) ? 'is inside the network' : undefined;
}

function download(
  target: URL,
  rules: MediaRules,
  lookup?: LookupFunction,
): Promise<{ body: Buffer; mime: string }> {
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const call = request(
      target,
      { headers: rules.headers, ...(lookup && { lookup }), timeout: rules.timeoutMs ?? 20_000 },
      (response) => {
        const stop = (error: Error) => {
          response.destroy();
          reject(error);
        };
        // A redirect would lead out of the list of hosts.
        if (response.statusCode !== 200)
          return stop(new Error(`the file's host answered ${response.statusCode}`));
        const mime = (response.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
        if (!rules.types.some((type) => (type.endsWith('/') ? mime.startsWith(type) : mime === type)))
          return stop(refused(`${mime || 'no type'} is not accepted`));
        if (Number(response.headers['content-length'] ?? 0) > rules.maxBytes) return stop(tooLarge(rules));
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > rules.maxBytes) return stop(tooLarge(rules));
          chunks.push(chunk);
        });
        response.on('end', () => resolve({ body: Buffer.concat(chunks), mime }));
        response.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new Error('the file’s host did not answer in time')));
    call.on('error', reject);
    call.end();
  });
}

/** A resolver that refuses names inside our own network. */
export const publicOnly =
  (resolve: typeof resolveHost): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const found = error ? [] : addresses;
      const inside = found.find(({ address }) => isPrivate(address));
      if (error || inside || !found[0])
        return callback(error ?? refused(`${hostname} is inside the network`), '', 4);
      if (options.all) return callback(null, found as never, 4);
      callback(null, found[0].address, found[0].family);
    });
  };

// RFC 6890's special-purpose registries: none of these is a host on the public internet.
const special = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  special.addSubnet(net, prefix, 'ipv6');
}

/** IPv4 addresses written as IPv6 (`::ffff:10.0.0.1`) are checked as what they are. */
function isPrivate(address: string): boolean {
  return special.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function parse(url: string): URL {
  if (!URL.canParse(url)) throw refused('is not an address');
  return new URL(url);
}

const refused = (message: string): AppError =>
  new AppError('input.invalid', { problems: `media: ${message}`, fields: [{ path: 'media.url', message }] });
const tooLarge = ({ maxBytes }: MediaRules): AppError =>
  new AppError('input.too_large', { limit: `${Math.floor(maxBytes / 1_000_000)} MB` });
