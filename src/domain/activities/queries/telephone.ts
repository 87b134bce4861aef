import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import type { Card } from '../../../core/messaging.ts';
import { readableMoment } from '../../../core/zone.ts';
import { type CallView, getCall, logCall, missedCalls, numberMarks } from '../contract.ts';
import { CallModel, NumberMarkModel } from '../model.ts';
import { callViewOf } from '../view.ts';

const statesOf = {
  waiting: ['open', 'tried'],
  untried: ['open'],
  rungBack: ['rungBack'],
} as const;

/** Whoever waits longest comes first; of those rung back, the newest. */
export const missedCallsHandler = handles(
  missedCalls,
  async (ctx, { state, assigneeId, cursor, limit }) => {
    const isWaiting = state !== 'rungBack';
    const direction = isWaiting ? 1 : -1;
    const states = statesOf[state];
    const mine = [ctx.scope('read', 'Call'), ...(assigneeId ? [{ assigneeId }] : [])];
    const place = decodeCursor<[string, string]>(cursor);
    const past = isWaiting ? '$gt' : '$lt';
    const behind = place
      ? [
          {
            $or: [
              { calledAt: { [past]: new Date(place[0]) } },
              { calledAt: new Date(place[0]), _id: { [past]: place[1] } },
            ],
          },
        ]
      : [];
    // A state at a time: each is one range of the index, and the few pages are joined here.
    const pages = await Promise.all(
      states.map((one) =>
        CallModel.find(all([...mine, { 'missed.state': one }, ...behind]))
          .sort({ calledAt: direction, _id: direction })
          .limit(limit + 1)
          .lean(),
      ),
    );
    const rows = pages
      .flat()
      .sort((a, b) => direction * (a.calledAt.getTime() - b.calledAt.getTime() || (a._id < b._id ? -1 : 1)));
    const items = rows.slice(0, limit).map(callViewOf);
    const last = items.at(-1);
    const total = await CallModel.countDocuments(all([...mine, { 'missed.state': { $in: [...states] } }]));
    return {
      items,
      total,
      ...(rows.length > limit && last && { nextCursor: encodeCursor([last.calledAt, last.id]) }),
    };
  },
  {
    present: ({ items, total }, at) =>
      items.length
        ? {
            text: `${total} missed call${total === 1 ? '' : 's'} to ring back:`,
            cards: items.slice(0, 10).map((call) => card(call, at)),
          }
        : { text: 'No missed call waits to be rung back.' },
  },
);

const card = (call: CallView, { zone, locale }: { zone: string; locale: string }): Card => ({
  title: `#${call.leadNumber} ${call.leadName}`,
  fields: [
    { label: 'Rang', value: readableMoment(new Date(call.calledAt), zone, locale) },
    { label: 'Rung back', value: call.missed === 'tried' ? `Tried by ${call.rungBackBy}` : 'Not yet' },
  ],
  buttons: [
    {
      label: 'Answered',
      command: logCall.name,
      input: { leadId: call.leadId, outcome: 'answered' },
      style: 'primary',
    },
    { label: 'RNR', command: logCall.name, input: { leadId: call.leadId, outcome: 'rnr' } },
    { label: 'NUMBER BUSY', command: logCall.name, input: { leadId: call.leadId, outcome: 'busy' } },
  ],
  link: `/leads/${call.leadId}`,
  key: `missed:${call.id}`,
});

export const getCallHandler = handles(getCall, async (ctx, { callId }) => {
  const call = await CallModel.findOne({ $and: [{ _id: callId }, ctx.scope('read', 'Call')] }).lean();
  if (!call) throw new AppError('record.not_found', { kind: 'call', id: callId });
  return callViewOf(call);
});

export const numberMarksHandler = handles(numberMarks, async (_ctx, { numbers }) => {
  const marks = numbers.length ? await NumberMarkModel.find({ _id: { $in: numbers } }).lean() : [];
  return {
    items: marks.map(({ _id, mark, at, by, note }) => ({
      number: _id,
      mark,
      at: at.toISOString(),
      by,
      ...(note && { note }),
    })),
  };
});
