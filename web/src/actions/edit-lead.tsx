import type { Input, Lead } from '../api/operations.ts';
import { CommandForm } from '../shared/command-form.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { LeadFields } from './lead-fields.tsx';

type Values = Pick<
  Lead,
  | 'name'
  | 'phone'
  | 'email'
  | 'product'
  | 'city'
  | 'quantity'
  | 'budget'
  | 'source'
  | 'campaign'
  | 'industry'
  | 'segment'
  | 'size'
>;
/** Fields that may be taken away again: emptied means `null`. */
const clearable = new Set([
  'product',
  'city',
  'quantity',
  'budget',
  'campaign',
  'industry',
  'segment',
  'size',
]);

export function EditLead({ lead, open, onClose }: { lead: Lead; open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={`Particulars of ${lead.name}`} width={560}>
      <CommandForm<'lead.update', Values>
        command="lead.update"
        input={(values) => ({ leadId: lead.id, ...changes(lead, values) })}
        initial={lead}
        submit="Save"
        done="Saved."
        touches={['contact', 'conversation']}
        onDone={onClose}
      >
        <LeadFields />
      </CommandForm>
    </Dialog>
  );
}

/** Only what was changed: somebody else may be changing the rest. */
function changes(lead: Lead, values: Values): Partial<Input<'lead.update'>> {
  const entries = Object.entries(values).filter(
    ([field, value]) => (value ?? '') !== (lead[field as keyof Lead] ?? ''),
  );
  return Object.fromEntries(
    entries
      .filter(([field, value]) => value || clearable.has(field))
      .map(([field, value]) => [field, value || null]),
  );
}
