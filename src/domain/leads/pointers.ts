import { definePointer } from '../../core/merging.ts';
import { leadChanged } from './contract.ts';
import { LeadModel } from './model.ts';

/** A contact's leads stay leads of their own when the contact is merged. */
export const leadPointer = definePointer({
  name: 'leads',
  model: LeadModel,
  leads: true,
  contact: { field: 'contactId' },
  moved: (ctx, ids) => {
    for (const id of ids) ctx.emit(leadChanged, { leadId: id }, { kind: 'Lead', id });
  },
});
