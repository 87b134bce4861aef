import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { listUsers } from '../../staff/contract.ts';
import { giveLine, listLines, removeLine } from '../contract.ts';
import { LineModel } from '../model.ts';

/** Numbers as the provider's reports spell them; extensions and client names as they are. */
const spelt = (line: string, country: string): string => {
  if (/^(client|sip|agent):/i.test(line)) return line.toLowerCase();
  const number = parsePhoneNumberFromString(line, country as never);
  return number?.isPossible() ? number.number : line;
};

export const giveLineHandler = handles(giveLine, async (ctx, { line, userId }) => {
  const { items } = await ctx.ask(listUsers, {});
  const user = items.find(({ id }) => id === userId);
  if (!user) throw new AppError('record.not_found', { kind: 'colleague', id: userId });
  const _id = spelt(line, ctx.config.app.organisation.country);
  const before = await LineModel.findById(_id).lean();
  await LineModel.updateOne({ _id }, { $set: { userId, createdAt: ctx.now() } }, { upsert: true });
  ctx.audit({
    kind: 'User',
    id: userId,
    before: before && { line: _id, userId: before.userId },
    after: { line: _id, userId },
    text: `line ${_id} is that of ${user.name}`,
    undo: before
      ? { command: giveLine.name, input: { line: _id, userId: before.userId } }
      : { command: removeLine.name, input: { line: _id } },
  });
  return { line: _id };
});

export const removeLineHandler = handles(removeLine, async (ctx, { line }) => {
  const _id = spelt(line, ctx.config.app.organisation.country);
  const before = await LineModel.findByIdAndDelete(_id).lean();
  if (!before) throw new AppError('record.not_found', { kind: 'line', id: line });
  ctx.audit({
    kind: 'User',
    id: before.userId,
    before: { line: _id, userId: before.userId },
    text: `line ${_id} taken away`,
    undo: { command: giveLine.name, input: { line: _id, userId: before.userId } },
  });
  return { ok: true } as const;
});

export const listLinesHandler = handles(listLines, async (ctx) => {
  const visible = new Map((await ctx.ask(listUsers, {})).items.map(({ id, name }) => [id, name]));
  const lines = await LineModel.find({ userId: { $in: [...visible.keys()] } })
    .sort({ _id: 1 })
    .lean();
  return { items: lines.map(({ _id, userId }) => ({ line: _id, userId, name: visible.get(userId)! })) };
});

/** Which of these ends of a call are colleagues' lines, and whose. */
export async function ownersOf(ends: string[]): Promise<Map<string, string>> {
  const lines = ends.length ? await LineModel.find({ _id: { $in: ends } }).lean() : [];
  return new Map(lines.map(({ _id, userId }) => [_id, userId]));
}
