import { handles } from '../../../core/define.ts';
import { load } from '../commands/manage.ts';
import {
  getSource,
  sourceTargetLabels as labels,
  listDeliveries,
  listSources,
  sourceTargets,
} from '../contract.ts';
import { type DeliveryDocument, DeliveryModel, type SourceDocument, SourceModel } from '../model.ts';
import { targetsOf } from '../read.ts';
import { presentDelivery, presentSource } from '../view.ts';

export const listSourcesHandler = handles(listSources, async (ctx) => {
  const found = await SourceModel.find().sort({ _id: -1 }).lean();
  return { items: found.map((source) => presentSource(source, ctx.config)) };
});

export const getSourceHandler = handles(getSource, async (ctx, { sourceId }) => {
  const source = await load(sourceId);
  return {
    ...presentSource(source, ctx.config),
    fields: await fieldsSeen(source),
    targets: sourceTargets.map((target) => ({ target, label: labels[target] })),
  };
});

const looksAt = 20;

/** Each field that came in lately or was set, with what it is taken for and the last value of it. */
async function fieldsSeen({ _id, mapping }: SourceDocument) {
  const lately = await DeliveryModel.find({ sourceId: _id }, { 'rows.fields': 1 })
    .sort({ _id: -1 })
    .limit(looksAt)
    .lean<Pick<DeliveryDocument, 'rows'>[]>();
  const examples = new Map<string, string>();
  for (const { rows } of lately)
    for (const { fields } of rows.slice(0, looksAt))
      for (const { from, value } of fields) if (!examples.has(from)) examples.set(from, value);
  for (const { from } of mapping) if (!examples.has(from)) examples.set(from, '');
  const fields = [...examples].map(([from, value]) => ({ from, value }));
  const targets = targetsOf(fields, mapping);
  const out = new Set(mapping.filter(({ to }) => to === null).map(({ from }) => from.toLowerCase()));
  return fields.map(({ from, value }, at) => ({
    from,
    to: targets[at] ?? null,
    out: out.has(from.toLowerCase()),
    ...(value && { example: value.slice(0, 80) }),
  }));
}

export const listDeliveriesHandler = handles(listDeliveries, async (_ctx, { sourceId, limit }) => {
  await load(sourceId);
  const found = await DeliveryModel.find({ sourceId }).sort({ _id: -1 }).limit(limit).lean();
  return { items: found.map(presentDelivery) };
});
