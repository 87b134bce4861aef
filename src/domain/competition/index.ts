import { defineModule } from '../../core/define.ts';
import { definePointer } from '../../core/merging.ts';
import { competitorsChanged } from './contract.ts';
import { marketHandler } from './market.ts';
import { OfferModel } from './model.ts';
import {
  addCompetitorHandler,
  listCompetitorsHandler,
  removeCompetitorHandler,
  updateCompetitorHandler,
} from './on-lead.ts';

export const competition = defineModule({
  name: 'competition',
  summary: 'Who else clients look at: rates, product-wise ranking, market information',
  handlers: [
    addCompetitorHandler,
    updateCompetitorHandler,
    removeCompetitorHandler,
    listCompetitorsHandler,
    marketHandler,
  ],
  events: [competitorsChanged],
  pointers: [
    definePointer({
      name: 'competitors',
      model: OfferModel,
      contact: { field: 'contactId', via: 'lead' },
      lead: { field: 'leadId' },
    }),
  ],
});
