/** Who else the client looks at: the competitor, their rates, where the client ranks them product by product, and more. */
import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';

const said = {
  competitor: text(120),
  /** For which product; absent: for all. */
  product: text(200).optional(),
  /** As it was told: `₹ 800 a user and month`. */
  rates: text(200).optional(),
  /** Where the client ranks them for that product; 1 is the first choice. */
  rank: z.coerce.number().int().min(1).max(20).optional(),
  /** Other market information. */
  note: text(2000).optional(),
};
export const offerView = z.object({
  id: z.string(),
  leadId: z.string(),
  competitor: z.string(),
  product: z.string().optional(),
  rates: z.string().optional(),
  rank: z.number().optional(),
  note: z.string().optional(),
  by: z.string(),
  at: z.string(),
});
export type OfferView = z.output<typeof offerView>;

export const addCompetitor = defineCommand({
  name: 'competitor.add',
  summary: 'Note what a client says of a competitor: rates, rank, market information',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({ leadId: z.string(), ...said }),
  output: z.object({ offer: offerView }),
  chat: {
    verb: 'competitor',
    slots: [
      { name: 'leadId', type: 'lead' },
      { name: 'competitor', type: 'text' },
    ],
    example: 'competitor #12 Zoho',
  },
});
export const updateCompetitor = defineCommand({
  name: 'competitor.update',
  summary: 'Change what is noted of a competitor on a lead',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({
    id: z.string(),
    competitor: said.competitor.optional(),
    /** null: taken away. */
    product: text(200).nullable().optional(),
    rates: text(200).nullable().optional(),
    rank: z.coerce.number().int().min(1).max(20).nullable().optional(),
    note: text(2000).nullable().optional(),
  }),
  output: z.object({ offer: offerView }),
});
export const removeCompetitor = defineCommand({
  name: 'competitor.remove',
  summary: 'Take a competitor off a lead',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({ id: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
export const listCompetitors = defineQuery({
  name: 'competitor.list',
  summary: 'The competitors on a lead',
  permission: { action: 'read', subject: 'Lead' },
  path: '/leads/:leadId/competitors',
  input: z.object({ leadId: z.string() }),
  output: z.object({ items: z.array(offerView) }),
});
/** Over the leads that whoever asks may see. */
export const market = defineQuery({
  name: 'competitor.market',
  summary: 'Competitors over all leads: where we meet them, how it ends, what they ask for last',
  permission: { action: 'read', subject: 'Lead' },
  path: '/competitors',
  input: z.object({ product: z.string().max(200).optional() }),
  output: z.object({
    items: z.array(
      z.object({
        competitor: z.string(),
        leads: z.number(),
        open: z.number(),
        won: z.number(),
        lost: z.number(),
        /** The mean of where clients rank them. */
        rank: z.number().optional(),
        rates: z.array(
          z.object({
            rates: z.string(),
            product: z.string().optional(),
            at: z.string(),
            leadNumber: z.number(),
          }),
        ),
      }),
    ),
  }),
  chat: { verb: 'competitors', slots: [], example: 'competitors' },
});

export const competitorsChanged = defineEvent(
  'competitor.changed',
  'What is noted of competitors on a lead changed',
  z.object({ leadId: z.string() }),
);
