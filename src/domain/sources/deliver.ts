/** Rows → enquiries on their way, or what is wrong with each; for what comes in and for what is read again. */
import { createHash } from 'node:crypto';
import type { Config } from '../../core/config.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import { answerersOf, entryOf, leadEvent } from './event.ts';
import { type DeliveryDocument, DeliveryModel, type DeliveryRow, type SourceDocument } from './model.ts';
import type { Row } from './payload.ts';
import { readLead } from './read.ts';

/** Durable when it resolves. */
export type Accept = (events: InboundEvent[]) => Promise<{ accepted: number; repeated: number }>;
type Deps = {
  source: SourceDocument;
  /** What makes a row without an id of its own one lead. */
  deliveryKey: string;
  isTest: boolean;
  config: Config;
  now: Date;
  accept: Accept;
};

export async function takeRows(
  rows: Row[],
  { source, deliveryKey, isTest, config, now, accept }: Deps,
): Promise<Pick<DeliveryDocument, 'outcome' | 'rows'>> {
  const country = config.app.organisation.country;
  const answerers = answerersOf(config);
  const events: InboundEvent[] = [];
  const seen = new Set<string>();
  const read = rows.map(({ fields, id, key: given, campaign }, at): DeliveryRow => {
    const settings = { ...source, ...(!source.campaign && campaign && { campaign }) };
    const done = readLead(fields, settings, country);
    const key = given ?? keyOf(source._id, id ?? `${deliveryKey}#${at + 1}`);
    const row = { n: at + 1, key, fields, read: done.read, errors: done.errors ?? [] };
    if (!done.row) return { ...row, outcome: 'refused' };
    if (isTest) return { ...row, outcome: 'test' };
    const event = leadEvent(done.row, key, { source, answerers, at: now });
    const isNew = !seen.has(key);
    seen.add(key);
    if (isNew) events.push(event);
    return { ...row, entry: entryOf(event), outcome: isNew ? 'accepted' : 'repeated' };
  });
  // By key, not by entry: where an answer goes may have been set anew since.
  const before = await DeliveryModel.find(
    { sourceId: source._id, 'rows.key': { $in: [...seen] } },
    { 'rows.key': 1, 'rows.outcome': 1 },
  ).lean<Pick<DeliveryDocument, 'rows'>[]>();
  const known = new Set(
    before.flatMap((one) => one.rows.filter(({ outcome }) => outcome === 'accepted').map(({ key }) => key)),
  );
  const fresh = events.filter(({ id }) => !known.has(id.slice('lead:'.length)));
  if (fresh.length) await accept(fresh);
  const taken = read.map((row) =>
    row.outcome === 'accepted' && known.has(row.key) ? { ...row, outcome: 'repeated' as const } : row,
  );
  return { rows: taken, outcome: outcomeOf(taken) };
}

export function outcomeOf(rows: Pick<DeliveryRow, 'outcome'>[]): DeliveryDocument['outcome'] {
  const refused = rows.filter(({ outcome }) => outcome === 'refused').length;
  if (refused) return refused === rows.length ? 'refused' : 'partly';
  return rows.every(({ outcome }) => outcome === 'test') ? 'test' : 'accepted';
}

const keyOf = (sourceId: string, id: string): string =>
  createHash('sha256').update(`${sourceId}\u0000${id}`).digest('base64url').slice(0, 32);
