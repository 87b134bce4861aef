/** The body of a request → its rows; shapes after each sender's documentation. Pure. */
import { z } from 'zod';
import { invalid, parseInput } from '../../core/validate.ts';
import type { SourceKind } from './contract.ts';
import { type Field, fieldsOf } from './fields.ts';

/** `key` where it is known already: a row that is read again. */
export type Row = { fields: Field[]; id?: string; key?: string; campaign?: string };
export type Delivery = { id: string; isTest: boolean; rows: Row[] };

export const mostRows = 500;

/**
 * developers.google.com/google-ads/webhook/docs/implementation: one lead a request, `lead_id` is unique over all forms,
 * unknown fields are to be ignored.
 */
const google = z.looseObject({
  lead_id: z.string().min(1).max(200),
  google_key: z.string().optional(),
  is_test: z.boolean().default(false),
  campaign_id: z.union([z.number(), z.string()]).optional(),
  gcl_id: z.string().optional(),
  user_column_data: z
    .array(
      z.looseObject({
        column_id: z.string().optional(),
        column_name: z.string().optional(),
        string_value: z.string().optional(),
      }),
    )
    .default([]),
});

/** @throws AppError input.malformed, input.invalid */
export function readPayload(kind: SourceKind, body: unknown, deliveryId: string): Delivery {
  return kind === 'google' ? readGoogle(body) : readRows(body, deliveryId);
}

export const googleKeyOf = (body: unknown): string =>
  String((body as { google_key?: unknown } | null)?.google_key ?? '');

function readGoogle(body: unknown): Delivery {
  const { lead_id: id, is_test: isTest, user_column_data, campaign_id } = parseInput(google, body);
  return {
    id,
    isTest,
    rows: [
      {
        id,
        fields: fieldsOf(user_column_data),
        ...(campaign_id !== undefined && { campaign: `Google campaign ${campaign_id}` }),
      },
    ],
  };
}

/** One lead as an object, several as `{"leads": […]}` or a list; `id` of a lead makes it the same however often it is sent. */
function readRows(body: unknown, deliveryId: string): Delivery {
  const given = Array.isArray(body) ? body : ((body as { leads?: unknown } | null)?.leads ?? [body]);
  if (!Array.isArray(given) || !given.length) throw invalid('leads', 'has to be a list of leads');
  if (given.length > mostRows)
    throw invalid('leads', `has ${given.length} leads; at most ${mostRows} are taken`);
  const rows = given.map((one, n): Row => {
    if (!one || typeof one !== 'object' || Array.isArray(one))
      throw invalid(`leads.${n}`, 'has to be an object with the fields of a lead');
    const { id, ...rest } = one as Record<string, unknown>;
    const isId = (typeof id === 'string' && id !== '') || typeof id === 'number';
    return { fields: fieldsOf(rest), ...(isId && { id: String(id).slice(0, 200) }) };
  });
  return { id: deliveryId, isTest: false, rows };
}
