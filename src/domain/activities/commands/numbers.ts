import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { touchLead } from '../../leads/contract.ts';
import { unmarkNumber } from '../contract.ts';
import { NumberMarkModel } from '../model.ts';
import { leadFor, numberOf } from '../view.ts';

export const unmarkNumberHandler = handles(unmarkNumber, async (ctx, { leadId, reason }) => {
  const { lead } = await leadFor(ctx, leadId, 'Call');
  const number = await numberOf(ctx, leadId);
  const marked = number ? await NumberMarkModel.findOneAndDelete({ _id: number }).lean() : undefined;
  if (!marked)
    throw new AppError('record.not_found', { kind: 'mark on the number of lead', id: `#${lead.number}` });
  const system = ctx.asSystem('activities');
  await system.run(touchLead, { leadId, lastCallOutcome: null });
  await system.run(addToTimeline, {
    contactId: lead.contactId,
    leadId,
    kind: 'call',
    by: ctx.actor.name,
    title: 'The number may be rung again',
    text: reason,
  });
  ctx.audit({
    kind: 'Call',
    id: marked.callId,
    before: marked,
    text: `number of #${lead.number} may be rung again: ${reason}`,
  });
  return { number: marked._id };
});
