import { handles } from '../../../core/define.ts';
import { getConversation, signalConversation } from '../../conversations/contract.ts';
import { startFlow } from '../contract.ts';

/** Only in a conversation that whoever asks may see. */
export const startFlowHandler = handles(startFlow, async (ctx, { conversationId, flow, vars, once }) => {
  await ctx.ask(getConversation, { conversationId });
  await ctx.asSystem('flows').run(signalConversation, {
    conversationId,
    name: 'flow',
    data: { flow, vars },
    ...(once && { once }),
  });
  ctx.audit({ kind: 'Conversation', id: conversationId, text: `began the flow ${flow}` });
  return { ok: true } as const;
});
