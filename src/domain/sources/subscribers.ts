import { on } from '../../core/define.ts';
import { enquiryRecorded, getEnquiry } from '../enquiries/contract.ts';
import { DeliveryModel } from './model.ts';

/** What became of a row: the enquiry that its entry in the inbox led to. */
export const subscribers = [
  on(enquiryRecorded, 'sources.became', async (ctx, { cause, payload }) => {
    if (!/:lead:[\w-]{32}$/.test(cause.id)) return;
    const { verdict, leadId, leadNumber } = await ctx
      .asSystem('sources')
      .ask(getEnquiry, { enquiryId: payload.enquiryId });
    await DeliveryModel.updateOne(
      { 'rows.entry': cause.id },
      {
        $set: {
          'rows.$.verdict': verdict,
          ...(leadId && { 'rows.$.leadId': leadId, 'rows.$.leadNumber': leadNumber }),
        },
      },
    );
  }),
];
