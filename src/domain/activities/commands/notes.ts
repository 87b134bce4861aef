import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { tell } from '../../notifications/contract.ts';
import { actorFor, findUsers } from '../../staff/contract.ts';
import { addNote, assignActivities, noteAdded, removeNote } from '../contract.ts';
import { mentioned } from '../mentions.ts';
import { CallModel, FollowUpModel, NoteModel } from '../model.ts';
import { leadFor } from '../view.ts';

export const addNoteHandler = handles(
  addNote,
  async (ctx, { leadId, note }) => {
    const { lead, owned } = await leadFor(ctx, leadId, 'Note');
    const _id = ctx.id();
    await NoteModel.create([{ _id, ...owned, at: ctx.now(), note, by: ctx.actor.name, byId: ctx.actor.id }]);
    await ctx.asSystem('activities').run(addToTimeline, {
      contactId: lead.contactId,
      leadId,
      kind: 'note',
      ref: _id,
      by: ctx.actor.name,
      title: 'Note',
      text: note,
    });
    ctx.emit(noteAdded, { noteId: _id, leadId }, { kind: 'Lead', id: leadId });
    ctx.audit({
      kind: 'Note',
      id: _id,
      after: { leadId, note },
      text: `note on #${lead.number}`,
      undo: { command: removeNote.name, input: { noteId: _id } },
    });
    return {
      noteId: _id,
      leadId,
      leadNumber: lead.number,
      leadName: lead.name,
      ...(await tellMentioned(ctx, { noteId: _id, note, owned, name: lead.name, number: lead.number })),
    };
  },
  {
    present: ({ leadNumber, leadName, told, notTold }) => ({
      text: [
        `Noted on #${leadNumber} ${leadName}.`,
        ...(told.length ? [`Told ${told.join(', ')}.`] : []),
        ...(notTold.length ? [`Not told, as they may not see this lead: ${notTold.join(', ')}.`] : []),
      ].join(' '),
    }),
  },
);

type Mentioning = { noteId: string; note: string; owned: { leadId: string }; name: string; number: number };

/** Only those who may see the lead: its customer is in what they are told. */
async function tellMentioned(
  ctx: Context,
  { noteId, note, owned, name, number }: Mentioning,
): Promise<{ told: string[]; notTold: string[] }> {
  const told: string[] = [];
  const notTold: string[] = [];
  if (!note.includes('@')) return { told, notTold };
  const system = ctx.asSystem('activities');
  const { items } = await system.ask(findUsers, {});
  for (const { id: userId, name: who } of mentioned(note, items)) {
    if (userId === ctx.actor.id) continue;
    const { actor } = await system.ask(actorFor, { userId });
    if (!actor || !ctx.as(actor).can('read', 'Lead', owned)) {
      notTold.push(who);
      continue;
    }
    told.push(who);
    await system.run(tell, {
      userId,
      rule: 'note-mention',
      title: `${ctx.actor.name} mentions you on #${number} ${name}`.slice(0, 200),
      text: note.slice(0, 1000),
      link: `/leads/${owned.leadId}`,
      key: `note:${noteId}:${userId}`,
      popup: true,
    });
  }
  return { told, notTold };
}

export const removeNoteHandler = handles(removeNote, async (ctx, { noteId }) => {
  const note = await NoteModel.findOneAndDelete({
    $and: [{ _id: noteId }, ctx.scope('update', 'Note')],
  }).lean();
  if (!note) throw new AppError('record.not_found', { kind: 'note', id: noteId });
  await ctx
    .asSystem('activities')
    .run(addToTimeline, { contactId: note.contactId, kind: 'note', title: '', ref: noteId, remove: true });
  ctx.audit({ kind: 'Note', id: noteId, before: note, text: `took back a note on #${note.leadNumber}` });
  return { ok: true } as const;
});

export const assignActivitiesHandler = handles(
  assignActivities,
  async (ctx, { leadId, assigneeId, teamIds }) => {
    const owner = { $set: { assigneeId: assigneeId ?? null, teamIds } };
    ctx.writes.adjust(CallModel, { leadId }, owner);
    ctx.writes.adjust(FollowUpModel, { leadId }, owner);
    ctx.writes.adjust(NoteModel, { leadId }, owner);
    return { ok: true } as const;
  },
  { apart: true },
);
