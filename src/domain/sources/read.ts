/** A lead's fields → an enquiry, or what is wrong with it in the sender's own names: the rules of imports. Pure. */
import type { BulkRow } from '../enquiries/contract.ts';
import { readRow, suggestMapping, type Target, targetLabels } from '../imports/contract.ts';
import type { Field } from './fields.ts';
import type { RowFault, SourceDocument } from './model.ts';

type Settings = Pick<SourceDocument, 'mapping' | 'keepRest' | 'source' | 'medium' | 'campaign'>;
export type Read = { read: { label: string; value: string }[] } & (
  | { row: BulkRow; errors?: undefined }
  | { errors: RowFault[]; row?: undefined }
);

/** What each field is: as it was set, else by its name; each target once. */
export function targetsOf(fields: Field[], mapping: Settings['mapping']): (Target | null)[] {
  const set = new Map(mapping.map(({ from, to }) => [from.toLowerCase(), to]));
  const chosen = fields.map(({ from }) => set.get(from.toLowerCase()));
  const taken = new Set(chosen.filter(Boolean));
  // `customer.phone_number` is called by its last part.
  const names = fields.map(({ from }, at) =>
    chosen[at] === undefined ? from.split('.').at(-1)!.replace(/_/g, ' ') : '',
  );
  const guessed = suggestMapping(
    names,
    [fields.map(({ value }, at) => (chosen[at] === undefined ? value : ''))],
    fields.length,
  );
  return fields.map((_, at) => {
    const own = chosen[at];
    if (own !== undefined) return own;
    const guess = guessed[at];
    return guess && guess !== 'assignee' && !taken.has(guess) ? guess : null;
  });
}

export function readLead(fields: Field[], settings: Settings, country: string): Read {
  const mapping = targetsOf(fields, settings.mapping);
  const left = new Set(
    settings.mapping.filter(({ to }) => to === null).map(({ from }) => from.toLowerCase()),
  );
  const kept = fields.map(({ from, value }) => (left.has(from.toLowerCase()) ? '' : value));
  const done = readRow(
    { line: 1, cells: kept },
    {
      plan: {
        known: 'add',
        silent: 'reopen',
        headerRow: 0,
        mapping,
        source: settings.source,
        medium: settings.medium,
        ...(settings.campaign && { campaign: settings.campaign }),
        keepRest: settings.keepRest,
      },
      columns: fields.map(({ from }) => from.split('.').at(-1)!.replace(/_/g, ' ')),
      country,
      colleagues: new Map(),
    },
  );
  const read = Object.entries(done.fields).map(([target, value]) => ({
    label: targetLabels[target as Target],
    value: value.slice(0, 200),
  }));
  if (done.row) return { read, row: done.row };
  return {
    read,
    errors: done.problems.map(({ field, message }) => {
      const at = mapping.findIndex((target) => target && targetLabels[target] === field);
      return { field: fields[at]?.from ?? field, message };
    }),
  };
}
