/**
 * The visitor's token: who they are and where they came from, signed by us, so that a chat needs neither cookie nor
 * record until the first message. It travels as a bearer token and as a WebSocket subprotocol.
 */
import type { ChannelPort } from '../../core/define.ts';
import type { Identity } from '../../core/messaging.ts';
import type { Origin } from './origin.ts';

export type Visitor = {
  id: string;
  account: string;
  issuedAt: number;
  origin: Origin;
  /** The number or mail address that a one-time code has proved to be theirs. */
  proved?: Identity[];
};

const day = 86_400_000;
const purpose = 'webchat.visitor';

export function issueToken(port: ChannelPort, visitor: Visitor): string {
  const payload = Buffer.from(
    JSON.stringify([
      visitor.id,
      visitor.account,
      visitor.issuedAt,
      visitor.origin,
      ...(visitor.proved ? [visitor.proved] : []),
    ]),
  ).toString('base64url');
  return `${payload}.${port.sign(purpose, payload)}`;
}

/** The visitor, or undefined when the token is forged, damaged or too old. */
export function readToken(port: ChannelPort, token: string, maxDays: number): Visitor | undefined {
  const dot = token.indexOf('.');
  if (dot < 1) return undefined;
  const payload = token.slice(0, dot);
  if (!port.verify(purpose, payload, token.slice(dot + 1))) return undefined;
  const [id, account, issuedAt, origin, proved] = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  ) as [string, string, number, Origin, Identity[]?];
  if (port.clock.now().getTime() - issuedAt > maxDays * day) return undefined;
  return { id, account, issuedAt, origin, ...(proved && { proved }) };
}

/** Which account a token claims to be of, unverified: only to know whose settings to verify it with. */
export function claimedAccount(token: string): string | undefined {
  try {
    const claimed = JSON.parse(
      Buffer.from(token.slice(0, Math.max(0, token.indexOf('.'))), 'base64url').toString(),
    )[1];
    return typeof claimed === 'string' ? claimed : undefined;
  } catch {
    return undefined;
  }
}
