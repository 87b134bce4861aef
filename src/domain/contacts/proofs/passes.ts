import { handles } from '../../../core/define.ts';
import { addMinutes } from '../../../core/zone.ts';
import { contextOf, proveIdentity } from '../../conversations/contract.ts';
import { passOn, takeUp } from '../contract.ts';
import { PassModel } from './model.ts';
import { hashOf, newPass, passMinutes } from './rules.ts';

const anywhere = 'pass';

export const passOnHandler = handles(passOn, async (ctx, at) => {
  const { conversationId } = await ctx.ask(contextOf, at);
  if (!conversationId) return {};
  const code = newPass();
  await PassModel.create([
    {
      _id: hashOf(ctx.config.secret, anywhere, code),
      conversationId,
      expiresAt: addMinutes(ctx.now(), passMinutes),
    },
  ]);
  return { code };
});

/** Good once. Whoever holds it stands before the first talk's screen: both are theirs. */
export const takeUpHandler = handles(takeUp, async (ctx, { conversationId, code }) => {
  const _id = hashOf(ctx.config.secret, anywhere, code.toUpperCase());
  const pass = await PassModel.findOneAndDelete({ _id, expiresAt: { $gt: ctx.now() } }).lean();
  if (!pass || pass.conversationId === conversationId) return { joined: false };
  const before = await ctx.ask(contextOf, { conversationId: pass.conversationId });
  const here = await ctx.ask(contextOf, { conversationId });
  if (!before.conversationId || !here.conversationId) return { joined: false };
  await ctx.run(proveIdentity, {
    conversationId,
    identities: before.identities,
    ...(before.contactId && { contactId: before.contactId }),
    by: 'customer',
  });
  // The first talk belongs to whoever that turned out to be.
  const now = await ctx.ask(contextOf, { conversationId });
  if (now.contactId && now.contactId !== before.contactId)
    await ctx.run(proveIdentity, {
      conversationId: pass.conversationId,
      identities: here.identities,
      contactId: now.contactId,
      by: 'customer',
    });
  return {
    joined: true,
    ...(before.vars && { vars: before.vars }),
    ...(before.language && { language: before.language }),
  };
});
