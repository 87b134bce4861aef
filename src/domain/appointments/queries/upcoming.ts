import { handles } from '../../../core/define.ts';
import { isContactProved } from '../../contacts/contract.ts';
import { getConversation } from '../../conversations/contract.ts';
import { upcomingAppointment } from '../contract.ts';
import { AppointmentModel } from '../model.ts';

export const upcomingAppointmentHandler = handles(upcomingAppointment, async (ctx, { conversationId }) => {
  const { contactId, identities } = await ctx.ask(getConversation, { conversationId });
  if (!contactId) return { found: false };
  const { proved } = await ctx.ask(isContactProved, { contactId, identities });
  const next = await AppointmentModel.findOne({
    contactId,
    startsAt: { $gt: ctx.now() },
    status: { $in: ['booked', 'confirmed'] },
    ...(!proved && { conversationId }),
  })
    .sort({ startsAt: 1 })
    .lean();
  if (!next) return { found: false };
  const { _id: appointmentId, startsAt, leadId, status } = next;
  return { found: true, appointmentId, startsAt: startsAt.toISOString(), leadId, status };
});
