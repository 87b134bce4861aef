/** `#12` and `@priya`, each as the asking colleague may see them. */
import type { Context } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { InboundEvent } from '../core/messaging.ts';
import { leadByNumber } from '../domain/leads/contract.ts';
import { findUsers, type UserView } from '../domain/staff/contract.ts';
import { type Lookups, squeeze } from './slots.ts';

/** @param ctx as the colleague; `system` finds people by name only: whether they may be given the lead, the command decides. */
export function lookups(ctx: Context, system: Context, event: InboundEvent, example: string): Lookups {
  return {
    lead: async (number) => (await ctx.ask(leadByNumber, { number })).id,
    async user(typed) {
      const mention = /^<@(\w+)(?:\|[^>]*)?>\s*/.exec(typed);
      if (mention) return { id: await byMention(mention[1]!), rest: typed.slice(mention[0].length) };
      return byName(typed.replace(/^@\s*/, ''));
    },
  };

  async function byMention(chatUser: string): Promise<string> {
    const thread = `${event.thread.split(':')[0]}:${chatUser}`;
    const [user] = (
      await system.ask(findUsers, { linked: { channel: event.channel, account: event.account, thread } })
    ).items;
    if (!user)
      throw new AppError('chat.not_understood', {
        problem: 'This colleague has not linked their chat account.',
        example,
      });
    return user.id;
  }

  async function byName(typed: string): Promise<{ id: string; rest: string }> {
    const { items } = await system.ask(findUsers, {});
    const words = [...typed.matchAll(/\S+/g)].slice(0, 4);
    for (const word of words.toReversed()) {
      const end = word.index + word[0].length;
      const matches = matching(items, typed.slice(0, end));
      if (matches.length === 1) return { id: matches[0]!.id, rest: typed.slice(end).trim() };
      if (matches.length > 1)
        throw new AppError('chat.not_understood', {
          problem: `There are several: ${matches.map(({ name }) => `@${name}`).join(', ')}.`,
          example,
        });
    }
    throw new AppError('chat.not_understood', {
      problem: `There is no colleague “${words[0]?.[0] ?? ''}”.`,
      example,
    });
  }
}

/** The whole name, a first name, or what stands before the @ of the address. */
function matching(users: UserView[], typed: string): UserView[] {
  const wanted = squeeze(typed);
  const whole = users.filter(({ name }) => squeeze(name) === wanted);
  if (whole.length || !wanted) return whole;
  return users.filter(
    ({ name, email }) =>
      squeeze(name.split(/\s+/)[0]!) === wanted || squeeze(email.split('@')[0]!) === wanted,
  );
}
