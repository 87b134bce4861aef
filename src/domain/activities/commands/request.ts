import { handles } from '../../../core/define.ts';
import { nextOpening } from '../../../core/office.ts';
import { addMinutes } from '../../../core/zone.ts';
import { lookUpLeads } from '../../leads/contract.ts';
import { addNote, followUpRequested, requestFollowUp, setFollowUp } from '../contract.ts';
import { FollowUpModel } from '../model.ts';

/** Long enough to see it, short enough to be a quick answer. */
const withinMinutes = 30;
const longest = 1000;

export const requestFollowUpHandler = handles(requestFollowUp, async (ctx, { leadId, note }) => {
  const [lead] = (await ctx.ask(lookUpLeads, { ids: [leadId] })).items;
  const planned = await FollowUpModel.findOne({ leadId, status: 'open' }).lean();
  const notes = [planned?.note, planned?.note?.includes(note) ? undefined : note].filter(Boolean).join('\n');
  const latest = addMinutes(nextOpening(ctx.now(), ctx.config.app.organisation), withinMinutes);
  const tell = (followUpId?: string) =>
    ctx.emit(
      followUpRequested,
      { leadId, note, ...(followUpId && { followUpId }) },
      { kind: 'Lead', id: leadId },
    );
  if (lead?.stageKind !== 'open') {
    // A closed lead has no follow-ups: whoever has it is told, and the words stay with it.
    await ctx.run(addNote, { leadId, note });
    tell();
    return {};
  }
  if (planned && planned.at > ctx.now() && planned.at <= latest) {
    await FollowUpModel.updateOne({ _id: planned._id }, { $set: { note: notes.slice(0, longest) } });
    tell(planned._id);
    return { followUpId: planned._id, at: planned.at.toISOString() };
  }
  const { followUp } = await ctx.run(setFollowUp, {
    leadId,
    at: latest.toISOString(),
    note: notes.slice(0, longest),
    remind: [0],
  });
  tell(followUp.id);
  return { followUpId: followUp.id, at: followUp.at };
});
