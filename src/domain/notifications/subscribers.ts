/** What happens → which rule tells of it. To add a notice: a rule in config/notifications.yaml and a line here. */
import type { Context } from '../../core/context.ts';
import { on } from '../../core/define.ts';
import type { DomainEvent } from '../../core/events.ts';
import type { CardButton, MediaRef } from '../../core/messaging.ts';
import { readableTime } from '../../core/zone.ts';
import { callMissed, followUpDone, followUpDue, followUpRequested, logCall } from '../activities/contract.ts';
import {
  appointmentBooked,
  appointmentCompleted,
  appointmentConfirmed,
  appointmentNear,
  appointmentRescheduled,
  confirmAppointment,
  rescheduleAppointment,
} from '../appointments/contract.ts';
import { invitationLink } from '../calendar/contract.ts';
import { conversationHandedOver, takeOver } from '../conversations/contract.ts';
import { enquiryRecorded, getEnquiry, overruleVerdict } from '../enquiries/contract.ts';
import {
  leadAssigned,
  leadCreated,
  leadMoved,
  leadNotAttempted,
  leadReengaged,
  leadSuspected,
  lookUpLeads,
} from '../leads/contract.ts';
import { withheldMissed } from '../telephony/contract.ts';
import { knowledgeSubscribers } from './knowledge.ts';
import { notify, readAhead } from './notify.ts';
import { ticketSubscribers } from './tickets.ts';

const callButtons = (leadId: string): CardButton[] => [
  { label: 'Answered', command: logCall.name, input: { leadId, outcome: 'answered' }, style: 'primary' },
  { label: 'RNR', command: logCall.name, input: { leadId, outcome: 'rnr' } },
  { label: 'CALL BACK', command: logCall.name, input: { leadId, outcome: 'callback' }, form: true },
  { label: 'NUMBER BUSY', command: logCall.name, input: { leadId, outcome: 'busy' } },
];

const inviteOf = (appointmentId: string): MediaRef => ({
  type: 'document',
  id: `invitation:${appointmentId}`,
  filename: 'invite.ics',
});

/** What falls due for many at the same minute. */
const many = {
  apart: true as const,
  prepare: (ctx: Context, events: DomainEvent<{ leadId?: string | undefined }>[]) =>
    readAhead(
      ctx,
      events.flatMap(({ payload }) => payload.leadId ?? []),
    ),
};

export const subscribers = [
  ...ticketSubscribers,
  ...knowledgeSubscribers,
  on(leadCreated, 'notifications.newLead', (ctx, event) =>
    notify(ctx, 'lead-new', event, {
      leadId: event.payload.leadId,
      buttons: callButtons(event.payload.leadId),
      verdict: 'new',
    }),
  ),
  on(leadReengaged, 'notifications.reengaged', (ctx, event) => {
    const { leadId, why } = event.payload;
    return notify(ctx, 'lead-reengaged', event, {
      leadId,
      note: why,
      popup: true,
      verdict: 'reengaged',
      buttons: callButtons(leadId),
    });
  }),
  on(enquiryRecorded, 'notifications.duplicate', async (ctx, event) => {
    const { enquiryId, verdict, leadId } = event.payload;
    if (verdict !== 'duplicate' || !leadId) return;
    const { evidence } = await ctx.ask(getEnquiry, { enquiryId });
    const correct: CardButton = {
      label: 'Not a duplicate',
      command: overruleVerdict.name,
      input: { enquiryId, verdict: 'new' },
      confirm: 'Make a lead of its own of this enquiry?',
    };
    await notify(ctx, 'lead-duplicate', event, {
      leadId,
      verdict,
      note: evidence.map(({ text }) => text).join(' '),
      buttons: [correct, ...callButtons(leadId)],
    });
  }),
  on(leadSuspected, 'notifications.suspected', (ctx, event) => {
    const { leadId, why, link, callerMayKnow } = event.payload;
    return notify(ctx, 'lead-duplicate', event, {
      leadId,
      note: why,
      verdict: 'duplicate',
      notToCaller: !callerMayKnow,
      buttons: callButtons(leadId),
      ...(link && { link }),
    });
  }),
  on(leadNotAttempted, 'notifications.notAttempted', (ctx, event) =>
    notify(ctx, 'lead-not-attempted', event, {
      leadId: event.payload.leadId,
      buttons: callButtons(event.payload.leadId),
    }),
  ),
  on(leadAssigned, 'notifications.assigned', async (ctx, event) => {
    const { leadId, first, by, reason } = event.payload;
    // What the product does by itself is told by its own notice: new, re-engaged.
    if (first || by.startsWith('system:')) return;
    await notify(ctx, 'lead-assigned', event, {
      leadId,
      notToAuthor: true,
      buttons: callButtons(leadId),
      ...(reason && { note: reason }),
    });
  }),
  on(leadMoved, 'notifications.lost', async (ctx, event) => {
    const { leadId, to, note, quiet } = event.payload;
    const lead = (await ctx.ask(lookUpLeads, { ids: [leadId] })).items[0];
    // For the post-mortem of what came in from online and IVR.
    if (quiet || lead?.stage !== to || lead.stageKind !== 'lost' || !lead.online) return;
    await notify(ctx, 'lead-lost', event, { leadId, ...(note && { note }) });
  }),
  on(
    followUpDue,
    'notifications.followUp',
    (ctx, event) => {
      const { followUpId, leadId, at, minutes, note } = event.payload;
      const done: CardButton = { label: 'Done', command: followUpDone.name, input: { followUpId } };
      return notify(ctx, minutes ? 'follow-up' : 'follow-up-due', event, {
        leadId,
        at: new Date(at),
        minutes,
        popup: minutes === 0,
        buttons: [...callButtons(leadId), done],
        ...(note && { note }),
      });
    },
    many,
  ),
  on(followUpRequested, 'notifications.requested', (ctx, event) => {
    const { leadId, note, followUpId } = event.payload;
    const done: CardButton[] = followUpId
      ? [{ label: 'Done', command: followUpDone.name, input: { followUpId } }]
      : [];
    return notify(ctx, 'task-new', event, {
      leadId,
      note,
      popup: true,
      buttons: [...callButtons(leadId), ...done],
    });
  }),
  on(appointmentBooked, 'notifications.demoBooked', (ctx, event) => {
    const { appointmentId, leadId, startsAt } = event.payload;
    const buttons: CardButton[] = [
      { label: 'Confirm demo', command: confirmAppointment.name, input: { appointmentId }, style: 'primary' },
      { label: 'Reschedule', command: rescheduleAppointment.name, input: { appointmentId }, form: true },
    ];
    return notify(ctx, 'demo-booked', event, { leadId, at: new Date(startsAt), buttons, notToAuthor: true });
  }),
  on(appointmentBooked, 'notifications.appointmentInvitation', async (ctx, event) => {
    const { appointmentId, leadId, contactId, startsAt } = event.payload;
    // Who booked it themselves, in talk with us, has the answer there.
    if (event.actorId.startsWith('system:') || !contactId) return;
    const { url } = await ctx.ask(invitationLink, { appointmentId });
    await notify(ctx, 'appointment-invitation', event, {
      leadId,
      contactId,
      at: new Date(startsAt),
      answer: url,
    });
  }),
  on(appointmentConfirmed, 'notifications.demoConfirmed', async (ctx, event) => {
    const { appointmentId, leadId, contactId, startsAt, kind } = event.payload;
    if (kind === 'demo')
      await notify(ctx, 'demo-confirmed', event, {
        leadId,
        contactId,
        at: new Date(startsAt),
        attach: inviteOf(appointmentId),
      });
  }),
  on(appointmentCompleted, 'notifications.demoCompleted', async (ctx, event) => {
    const { leadId, contactId, startsAt, kind } = event.payload;
    if (kind === 'demo')
      await notify(ctx, 'demo-completed', event, { leadId, contactId, at: new Date(startsAt) });
  }),
  on(appointmentRescheduled, 'notifications.rescheduled', (ctx, event) => {
    const { appointmentId, leadId, contactId, startsAt } = event.payload;
    return notify(ctx, 'demo-rescheduled', event, {
      leadId,
      contactId,
      at: new Date(startsAt),
      attach: inviteOf(appointmentId),
    });
  }),
  on(
    appointmentNear,
    'notifications.appointmentNear',
    (ctx, event) => {
      const { leadId, contactId, startsAt, which } = event.payload;
      return notify(ctx, which, event, {
        leadId,
        contactId,
        at: new Date(startsAt),
        popup: which === 'appointment-hour',
      });
    },
    many,
  ),
  /** Whoever has the lead; where nobody has it, a manager. */
  on(callMissed, 'notifications.missedUnassigned', async (ctx, event) => {
    const { leadId } = event.payload;
    const lead = (await ctx.ask(lookUpLeads, { ids: [leadId] })).items[0];
    if (!lead) return;
    await notify(ctx, lead.assigneeId ? 'call-missed' : 'call-missed-unassigned', event, {
      leadId,
      note: `${lead.name} (#${lead.number}) rang, and nobody took the call.`,
      link: '/calls?view=missed',
      popup: true,
      ...(lead.assigneeId && { buttons: callButtons(leadId) }),
    });
  }),
  on(withheldMissed, 'notifications.missedWithheld', (ctx, event) => {
    const { at, line } = event.payload;
    const { timezone, locale } = ctx.config.app.organisation;
    return notify(ctx, 'call-missed-unassigned', event, {
      note: `Somebody with a withheld number rang${line ? ` ${line}` : ''} at ${readableTime(new Date(at), timezone, locale)}.`,
      link: '/calls?view=missed',
      popup: true,
    });
  }),
  on(conversationHandedOver, 'notifications.personWanted', async (ctx, event) => {
    const { conversationId, contactId, reason, summary } = event.payload;
    const lead = contactId ? (await ctx.ask(lookUpLeads, { contactIds: [contactId] })).items[0] : undefined;
    await notify(ctx, lead?.assigneeId ? 'person-wanted' : 'person-wanted-unassigned', event, {
      ...(lead && { leadId: lead.id }),
      note: summary ?? reason,
      link: `/inbox/${conversationId}`,
      popup: true,
      buttons: [{ label: 'Take over', command: takeOver.name, input: { conversationId } }],
    });
  }),
];
