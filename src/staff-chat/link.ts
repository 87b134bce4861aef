/** Before an account is linked: how to link it, and `link CODE`. Nothing else is answered. */
import type { Context } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { Content, InboundEvent } from '../core/messaging.ts';
import { claimLink } from '../domain/staff/contract.ts';

export async function unlinked(ctx: Context, event: InboundEvent, brand: string): Promise<Content[]> {
  const { body } = event;
  // A stranger who shares a link has said nothing to us.
  if (body.kind === 'unknown' || (body.kind === 'signal' && body.name === 'links.shared')) return [];
  const code = body.kind === 'command' || body.kind === 'text' ? linkCode(body.text) : undefined;
  if (code) return [await claim(ctx, event, code)];
  const text = `This chat account is not linked to a user of ${brand} yet.\n1. Sign in to the console and open “My account”.\n2. Choose “Link a chat account”: you get a code that lasts ten minutes.\n3. Say here: link CODE\n4. Confirm in the console that the account is yours.`;
  if (body.kind === 'signal' && body.name === 'home.opened')
    return [{ kind: 'cards', text, cards: [], update: true }];
  return [{ kind: 'text', text }];
}

/** A wrong code is no failure of the turn: the try must be counted, so nothing is rolled back. */
export async function claim(ctx: Context, event: InboundEvent, code: string): Promise<Content> {
  const { channel, account, thread, name, meta } = event;
  // A code said where others read along is theirs as much.
  if (meta?.surface === 'mention')
    return { kind: 'text', text: 'Not in a channel: get a new code and say it to me in private.' };
  const { claimed } = await ctx
    .asSystem('staff-chat')
    .run(claimLink, { code, channel, account, thread, ...(name && { name }) });
  const text = claimed
    ? 'Almost done: open the console under “My account” and confirm that this chat account is yours.'
    : new AppError('link.code_wrong').message;
  return { kind: 'text', text };
}

export function linkCode(text: string): string | undefined {
  return /^(?:\/crm\s+)?link\s+(\S+)\s*$/i.exec(text.trim())?.[1];
}
