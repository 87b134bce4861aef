import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { replayDeadLetter } from '../../conversations/contract.ts';
import { retryDelivery } from '../contract.ts';
import { DeliveryModel } from '../model-delivery.ts';

export const retryDeliveryHandler = handles(retryDelivery, async (ctx, { id }) => {
  const delivery = await DeliveryModel.findById(id).lean();
  if (!delivery?.outboxId) throw new AppError('record.not_found', { kind: 'delivery', id });
  return ctx.run(replayDeadLetter, { id: delivery.outboxId, kind: 'outbound' });
});
