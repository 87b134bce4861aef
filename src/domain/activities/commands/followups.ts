import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Form } from '../../../core/messaging.ts';
import { cancelTimers, setTimer } from '../../../core/timers.ts';
import { dayOf, readableMoment } from '../../../core/zone.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { touchLead } from '../../leads/contract.ts';
import { ruleByKey } from '../../notifications/contract.ts';
import {
  cancelFollowUp,
  followUpClosed,
  followUpDone,
  followUpDue,
  followUpSet,
  setFollowUp,
  tellFollowUp,
} from '../contract.ts';
import { type FollowUpDocument, FollowUpModel } from '../model.ts';
import { reminders } from '../rules.ts';
import { followUpViewOf, leadFor } from '../view.ts';

const ok = { ok: true } as const;

/** One open follow-up a lead: setting another replaces it. */
export const setFollowUpHandler = handles(
  setFollowUp,
  async (ctx, { leadId, at, note, remind }) => {
    const { lead, owned } = await leadFor(ctx, leadId, 'FollowUp');
    const { timezone: zone, locale } = ctx.config.app.organisation;
    const when = new Date(at);
    if (when <= ctx.now()) throw new AppError('time.past', { when: readableMoment(when, zone, locale) });
    if (lead.stageKind !== 'open')
      throw new AppError('lead.closed', { number: lead.number, stage: lead.stageLabel });
    const replaced = await FollowUpModel.findOneAndUpdate(
      { leadId, status: 'open' },
      { $set: { status: 'replaced' } },
    ).lean();
    if (replaced) await cancelTimers(followUpTimers(replaced._id));
    const followUp: FollowUpDocument = {
      _id: ctx.id(),
      ...owned,
      at: when,
      remind: remind ?? (await ruleMinutes(ctx)),
      status: 'open',
      ...(note && { note }),
      ...(replaced && { replaces: replaced._id }),
    };
    await FollowUpModel.create([followUp]);
    await schedule(ctx, followUp);
    await tell(ctx, followUp);
    return { followUp: followUpViewOf(followUp) };
  },
  {
    present: ({ followUp: { leadNumber, leadName, at } }, { zone, locale }) => ({
      text: `Follow-up with #${leadNumber} ${leadName}: ${readableMoment(new Date(at), zone, locale)}.`,
    }),
    form,
  },
);

/** What the keys of a follow-up’s timers begin with. */
export const followUpTimers = (id: string): string => `followup:${id}:`;

async function ruleMinutes(ctx: Context): Promise<number[]> {
  const { rule } = await ctx.asSystem('activities').ask(ruleByKey, { key: 'follow-up' });
  return rule?.leadMinutes ?? [];
}

async function schedule(ctx: Context, followUp: FollowUpDocument): Promise<void> {
  const { leadId, at } = followUp;
  await ctx.asSystem('activities').run(touchLead, { leadId, followUpAt: at.toISOString() });
  await planReminders(ctx, followUp);
}

type Planned = Pick<FollowUpDocument, '_id' | 'at' | 'remind'>;
export async function planReminders(ctx: Context, { _id, at, remind }: Planned): Promise<void> {
  for (const { minutes, dueAt } of reminders(at, remind, ctx.now())) {
    await setTimer({
      key: `${followUpTimers(_id)}${minutes}`,
      dueAt,
      command: tellFollowUp.name,
      input: { followUpId: _id, minutes },
    });
  }
}

async function tell(
  ctx: Context,
  { _id, leadId, leadNumber, contactId, at, note }: FollowUpDocument,
): Promise<void> {
  const { timezone, locale } = ctx.config.app.organisation;
  await ctx.asSystem('activities').run(addToTimeline, {
    contactId,
    leadId,
    kind: 'followUp',
    ref: _id,
    by: ctx.actor.name,
    title: `Follow-up set for ${readableMoment(at, timezone, locale)}`,
    ...(note && { text: note }),
  });
  ctx.emit(followUpSet, { followUpId: _id, leadId, at: at.toISOString() }, { kind: 'Lead', id: leadId });
  ctx.audit({
    kind: 'FollowUp',
    id: _id,
    after: { leadId, at, note },
    text: `follow-up of #${leadNumber}`,
    undo: { command: cancelFollowUp.name, input: { followUpId: _id } },
  });
}

export const followUpDoneHandler = handles(
  followUpDone,
  async (ctx, { followUpId }) => {
    const followUp = await load(ctx, followUpId);
    if (followUp.status === 'open') {
      await close(ctx, followUp, 'done');
      await ctx.asSystem('activities').run(touchLead, { leadId: followUp.leadId, followUpAt: null });
      ctx.audit({
        kind: 'FollowUp',
        id: followUpId,
        after: { status: 'done' },
        text: `follow-up of #${followUp.leadNumber} done`,
      });
    }
    return {
      followUp: followUpViewOf({
        ...followUp,
        status: followUp.status === 'open' ? 'done' : followUp.status,
      }),
    };
  },
  {
    present: ({ followUp: { leadNumber, leadName } }) => ({
      text: `Follow-up with #${leadNumber} ${leadName} is done.`,
    }),
  },
);

export const cancelFollowUpHandler = handles(cancelFollowUp, async (ctx, { followUpId }) => {
  const followUp = await load(ctx, followUpId);
  const { leadId, contactId, leadNumber, replaces } = followUp;
  // Taken back already with the call that set it.
  if (followUp.status !== 'open') return ok;
  await close(ctx, followUp, 'replaced');
  const system = ctx.asSystem('activities');
  await system.run(touchLead, { leadId, followUpAt: null });
  await system.run(addToTimeline, { contactId, kind: 'followUp', title: '', ref: followUpId, remove: true });
  if (replaces) await reopen(ctx, replaces);
  ctx.audit({ kind: 'FollowUp', id: followUpId, text: `took back the follow-up of #${leadNumber}` });
  return ok;
});

/** A call answers a follow-up that is due today or was missed. @returns its id */
export async function closeDue(ctx: Context, leadId: string): Promise<string | undefined> {
  const today = dayOf(ctx.now(), ctx.config.app.organisation.timezone);
  const due = await FollowUpModel.findOne({ leadId, status: 'open', at: { $lt: today.end } }).lean();
  if (due) await close(ctx, due, 'done');
  return due?._id;
}

export async function close(
  ctx: Context,
  { _id, leadId }: FollowUpDocument,
  status: FollowUpDocument['status'],
): Promise<void> {
  await FollowUpModel.updateOne({ _id }, { $set: { status } });
  await cancelTimers(followUpTimers(_id));
  ctx.emit(followUpClosed, { followUpId: _id, leadId }, { kind: 'Lead', id: leadId });
}

export async function reopen(ctx: Context, followUpId: string): Promise<void> {
  const followUp = await FollowUpModel.findOneAndUpdate(
    { _id: followUpId, status: { $ne: 'open' } },
    { $set: { status: 'open' } },
  ).lean();
  if (followUp) await schedule(ctx, followUp);
}

const openOne = (ctx: Context, _id: string) =>
  ctx.once(`followup:${_id}`, () => FollowUpModel.findOne({ _id, status: 'open' }).lean().exec());

export const tellFollowUpHandler = handles(
  tellFollowUp,
  async (ctx, { followUpId, minutes }) => {
    const followUp = await openOne(ctx, followUpId);
    if (!followUp) return ok;
    const { leadId, at, note } = followUp;
    ctx.emit(
      followUpDue,
      { followUpId, leadId, at: at.toISOString(), minutes, ...(note && { note }) },
      { kind: 'Lead', id: leadId },
    );
    return ok;
  },
  {
    apart: true,
    prepare: async (ctx, inputs) => {
      const ids = inputs.map(({ followUpId }) => followUpId);
      const found = await FollowUpModel.find({ _id: { $in: ids }, status: 'open' }).lean();
      const byId = new Map(found.map((one) => [one._id, one]));
      for (const id of ids) void ctx.once(`followup:${id}`, async () => byId.get(id) ?? null);
    },
  },
);

async function load(ctx: Context, followUpId: string): Promise<FollowUpDocument> {
  const found = await FollowUpModel.findOne({
    $and: [{ _id: followUpId }, ctx.scope('update', 'FollowUp')],
  }).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'follow-up', id: followUpId });
  return found;
}

async function form(ctx: Context, partial: Record<string, unknown>): Promise<Form> {
  const { lead } = await leadFor(ctx, String(partial.leadId));
  const known = (name: string) => (typeof partial[name] === 'string' ? { value: partial[name] } : {});
  return {
    title: `Follow-up with #${lead.number} ${lead.name}`.slice(0, 60),
    command: setFollowUp.name,
    fixed: { leadId: lead.id },
    fields: [
      { name: 'at', label: 'When', type: 'datetime', ...known('at') },
      { name: 'note', label: 'Note', type: 'longtext', optional: true, ...known('note') },
    ],
  };
}
