import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { replayDelivery, type SourceKind, testSource } from '../contract.ts';
import { type Accept, outcomeOf, takeRows } from '../deliver.ts';
import { type DeliveryDocument, DeliveryModel } from '../model.ts';
import { readPayload } from '../payload.ts';
import { presentDelivery } from '../view.ts';
import { load } from './manage.ts';

/** What a lead looks like that somebody of this kind sends; nobody’s number. */
const samples: Record<SourceKind, Record<string, unknown>> = {
  google: {
    lead_id: 'sample',
    user_column_data: [
      { column_id: 'FULL_NAME', column_name: 'Full name', string_value: 'Sample Lead' },
      { column_id: 'PHONE_NUMBER', column_name: 'Phone number', string_value: '+919800000000' },
      { column_id: 'EMAIL', column_name: 'E-mail', string_value: 'sample@example.com' },
      { column_name: 'Which product?', string_value: 'A demo' },
    ],
  },
  api: {
    name: 'Sample Lead',
    phone: '+919800000000',
    email: 'sample@example.com',
    message: 'A demo, please',
  },
};

export const testSourceHandler = handles(testSource, async (ctx, { sourceId, payload }) => {
  const source = await load(sourceId);
  const id = `test ${ctx.id()}`;
  const { rows } = readPayload(source.kind, payload ?? samples[source.kind], id);
  const taken = await takeRows(rows, {
    source,
    deliveryKey: id,
    isTest: true,
    config: ctx.config,
    now: ctx.now(),
    accept: async () => ({ accepted: 0, repeated: 0 }),
  });
  const delivery: DeliveryDocument = {
    _id: ctx.id(),
    sourceId,
    key: `${sourceId}:${id}`,
    bodyHash: '',
    at: ctx.now(),
    ...taken,
  };
  await DeliveryModel.create([delivery]);
  return { delivery: presentDelivery(delivery) };
});

export const replayDeliveryHandler = (accept: () => Accept) =>
  handles(replayDelivery, async (ctx, { deliveryId }) => {
    const before = await DeliveryModel.findById(deliveryId).lean();
    if (!before) throw new AppError('record.not_found', { kind: 'delivery', id: deliveryId });
    const source = await load(before.sourceId);
    const refused = before.rows.filter(({ outcome }) => outcome === 'refused');
    // Each is one lead, however often it is read again: the key of its row is that of its event.
    const again = await takeRows(
      refused.map(({ fields, key }) => ({ fields, key })),
      {
        source,
        deliveryKey: deliveryId,
        isTest: false,
        config: ctx.config,
        now: ctx.now(),
        accept: accept(),
      },
    );
    const byPlace = new Map(refused.map(({ n }, at) => [n, { ...again.rows[at]!, n }]));
    const rows = before.rows.map((row) => byPlace.get(row.n) ?? row);
    const after = { ...before, rows, outcome: outcomeOf(rows) };
    await DeliveryModel.updateOne({ _id: deliveryId }, { $set: { rows, outcome: after.outcome } });
    ctx.audit({ kind: 'Setting', id: `source:${source._id}`, text: 'a delivery read again' });
    return { delivery: presentDelivery(after) };
  });
