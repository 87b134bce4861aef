import { handles } from '../../../core/define.ts';
import { readTurns, takeTurns } from '../contract.ts';
import { UserModel } from '../model.ts';

export const turnOf = (queue: string): string => `turns.${queue.replace(/[^a-z0-9-]/gi, '-')}`;

export const readTurnsHandler = handles(
  readTurns,
  async (_, { queue }) => {
    const field = turnOf(queue).split('.')[1]!;
    const users = await UserModel.find({ active: true }, { turns: 1 }).lean();
    return {
      turns: Object.fromEntries(
        users.flatMap(({ _id, turns }) => (turns?.[field] ? [[_id, turns[field]]] : [])),
      ),
    };
  },
  { apart: true },
);

export const takeTurnsHandler = handles(
  takeTurns,
  async (ctx, { queue, turns }) => {
    for (const [_id, turn] of Object.entries(turns))
      ctx.writes.adjust(UserModel, { _id }, { $set: { [turnOf(queue)]: turn } });
    return { ok: true } as const;
  },
  { apart: true },
);
