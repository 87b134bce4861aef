import type { Output } from '../../api/operations.ts';

export type Import = Output<'import.get'>;
export type Plan = Import['plan'];
type Counts = Import['counts'];

export const statusWords: Record<Import['status'], string> = {
  ready: 'Not begun',
  running: 'Under way',
  stopped: 'Stopped',
  done: 'Imported',
  undoing: 'Being taken back',
  undone: 'Taken back',
  failed: 'Failed',
};
export const statusColors: Record<Import['status'], string | undefined> = {
  ready: undefined,
  running: 'blue',
  stopped: 'gold',
  done: 'green',
  undoing: 'blue',
  undone: undefined,
  failed: 'red',
};

/** What became of the rows, in the order in which it matters. */
export const outcomes: [keyof Counts, string][] = [
  ['opened', 'New leads'],
  ['reopened', 'Re-engaged'],
  ['added', 'Added to known leads'],
  ['filled', 'Filled in on known leads'],
  ['skipped', 'Left out as known'],
  ['kept', 'Junk'],
  ['bad', 'Kept aside'],
];
export const actionWords: Record<Exclude<keyof Counts, 'bad'>, string> = {
  opened: 'A new lead',
  added: 'An enquiry on the known lead',
  filled: 'Fills in the known lead',
  reopened: 'Brings the lead back',
  skipped: 'Left out',
  kept: 'Kept as junk',
};
export const count = (n: number): string => n.toLocaleString('en-IN');
