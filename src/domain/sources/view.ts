import type { z } from 'zod';
import type { Config } from '../../core/config.ts';
import { verdictLabels } from '../enquiries/contract.ts';
import type { deliveryView, SourceView } from './contract.ts';
import type { DeliveryDocument, SourceDocument } from './model.ts';

export function presentSource(source: SourceDocument, { env }: Config): SourceView {
  const base = (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, '');
  const { _id: id, secrets, createdAt: _, lastAt, fault, campaign, ...settings } = source;
  return {
    ...settings,
    id,
    ...(campaign && { campaign }),
    address: `${base}/intake/${id}`,
    secrets: secrets.map(({ madeAt }) => ({ madeAt: madeAt.toISOString() })),
    ...(lastAt && { lastAt: lastAt.toISOString() }),
    ...(fault && { fault: { at: fault.at.toISOString(), words: fault.words } }),
  };
}

export function presentDelivery({
  _id: id,
  at,
  outcome,
  rows,
}: DeliveryDocument): z.input<typeof deliveryView> {
  return {
    id,
    at: at.toISOString(),
    outcome,
    rows: rows.map(({ n, outcome: became, read, errors, verdict, leadId, leadNumber }) => ({
      n,
      outcome: became,
      read,
      errors,
      ...(verdict && { verdict, verdictLabel: verdictLabels[verdict] }),
      ...(leadId && leadNumber !== undefined && { lead: { id: leadId, number: leadNumber } }),
    })),
  };
}
