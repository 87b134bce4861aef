import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import type { Session } from '../../../core/turn.ts';
import { conversationWalks, type WalkView } from '../contract.ts';
import { type ConversationDocument, ConversationModel } from '../model/conversation.ts';

const fields = { contactId: 1, mode: 1, lastMessageAt: 1, session: 1 } as const;

/** By mode and time, as the index has it. */
export const conversationWalksHandler = handles(conversationWalks, async (_, { from, to, cursor, limit }) => {
  const place = decodeCursor<[string, string]>(cursor);
  const rows = await ConversationModel.find(
    {
      mode: { $in: ['bot', 'human'] },
      lastMessageAt: { $gte: new Date(from), $lt: new Date(to) },
      ...(place && {
        $or: [
          { lastMessageAt: { $lt: new Date(place[0]) } },
          { lastMessageAt: new Date(place[0]), _id: { $lt: place[1] } },
        ],
      }),
    },
    fields,
  )
    .sort({ lastMessageAt: -1, _id: -1 })
    .limit(limit)
    .lean();
  const last = rows.at(-1);
  return {
    items: rows.flatMap((row) => walkOf(row) ?? []),
    ...(last &&
      rows.length === limit && { nextCursor: encodeCursor([last.lastMessageAt.toISOString(), last._id]) }),
  };
});

type Row = Pick<ConversationDocument, '_id' | 'contactId' | 'mode' | 'session'>;

/** Undefined for a session that an engine without such a memory made. */
function walkOf({ _id, contactId, mode, session }: Row): WalkView | undefined {
  const { vars = {}, state = {} } = (session ?? {}) as Partial<Session>;
  const walk = state.walk as Pick<WalkView, 'steps' | 'at'> | undefined;
  if (!walk?.steps) return undefined;
  const { leadId } = (vars.enquiry ?? {}) as { leadId?: string };
  const { amount } = (vars.budget ?? {}) as { amount?: number };
  return {
    conversationId: _id,
    mode,
    steps: walk.steps,
    variants: (state.variants ?? {}) as Record<string, string>,
    released: state.released === true,
    resting: state.resting === true,
    booked: vars.appointment !== undefined,
    ...(contactId && { contactId }),
    ...(leadId && { leadId }),
    ...(walk.at && { at: walk.at }),
    ...(typeof state.heardAt === 'string' && { heardAt: state.heardAt }),
    ...(typeof amount === 'number' && { budget: amount }),
  };
}
