import { handles } from '../../../core/define.ts';
import { ticketCard } from '../card.ts';
import { getTicket } from '../contract.ts';
import { EntryModel } from '../model.ts';
import { reach, viewFor } from '../view.ts';

const mostLines = 200;

export const getTicketHandler = handles(
  getTicket,
  async (ctx, { ticketId }) => {
    const ticket = await reach(ctx, 'read', ticketId);
    const lines = await EntryModel.find({ ticketId: ticket._id }).sort({ _id: -1 }).limit(mostLines).lean();
    const count =
      lines.length < mostLines ? lines.length : await EntryModel.countDocuments({ ticketId: ticket._id });
    return {
      ...(await viewFor(ctx, ticket)),
      entries: lines.map(({ _id, at, kind, title, text, by }) => ({
        id: _id,
        at: at.toISOString(),
        kind,
        title,
        ...(text && { text }),
        ...(by && { by }),
      })),
      earlier: count - lines.length,
    };
  },
  {
    present: ({ entries, ...ticket }, at) => ({
      text: entries
        .slice(0, 5)
        .map(
          ({ title, text, by }) =>
            `${[by, title].filter(Boolean).join(': ')}${text ? ` — ${text.slice(0, 200)}` : ''}`,
        )
        .join('\n'),
      cards: [ticketCard(ticket, at)],
    }),
  },
);
