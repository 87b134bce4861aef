/** A row of the file as an enquiry, or what is wrong with it, field by field: pure. */
import { normalEmail, normalPhone } from '../contacts/contract.ts';
import type { BulkRow } from '../enquiries/contract.ts';
import { type ImportPlan, type Target, targetLabels } from './contract.ts';
import type { RawRow } from './read/reader.ts';

export type Problem = { field: string; message: string };
export type Fields = Partial<Record<Target, string>>;
export type ReadRow = { n: number; fields: Fields } & (
  | { row: BulkRow; problems?: undefined }
  | { problems: Problem[]; row?: undefined }
);
type World = {
  plan: ImportPlan;
  columns: string[];
  country: string;
  /** Colleagues by lower-case name and e-mail. */
  colleagues: Map<string, string>;
  /** Whose every row is, unless it says otherwise. */
  assigneeId?: string;
};

const most: Partial<Record<Target, number>> = {
  name: 120,
  company: 120,
  city: 120,
  industry: 120,
  segment: 120,
  size: 120,
  product: 200,
  quantity: 80,
  budget: 80,
  note: 4000,
  source: 80,
  medium: 80,
  campaign: 200,
};

export function readRow({ line: n, cells, fault }: RawRow, world: World): ReadRow {
  if (fault) return { n, fields: {}, problems: [{ field: 'Row', message: fault }] };
  const fields = fieldsOf(cells, world.plan.mapping);
  const problems: Problem[] = [];
  const wrong = (target: Target, message: string) => problems.push({ field: targetLabels[target], message });

  const { numbers, phone } = phoneOf(fields.phone, world.country, (message) => wrong('phone', message));
  const email = fields.email ? normalEmail(first(fields.email)) : undefined;
  if (fields.email && !email) wrong('email', `“${short(fields.email)}” is not an e-mail address.`);
  if (!fields.phone && !fields.email) wrong('phone', 'A phone or an e-mail is needed.');
  const assigneeId = fields.assignee ? world.colleagues.get(fields.assignee.toLowerCase()) : world.assigneeId;
  if (fields.assignee && !assigneeId)
    wrong('assignee', `You may give leads to nobody called “${short(fields.assignee)}”.`);

  const name = fields.name ?? ([fields.firstName, fields.lastName].filter(Boolean).join(' ') || undefined);
  const note = noteOf(cells, fields, numbers, world);
  const { plan } = world;
  const said = {
    name,
    company: fields.company,
    city: fields.city,
    industry: fields.industry,
    segment: fields.segment,
    size: fields.size,
    product: fields.product,
    quantity: fields.quantity,
    budget: fields.budget,
    note,
    source: fields.source ?? plan.source,
    medium: fields.medium ?? plan.medium,
    campaign: fields.campaign ?? plan.campaign,
  };
  for (const [target, value] of Object.entries(said)) {
    const limit = most[target as Target]!;
    if (value && value.length > limit)
      wrong(target as Target, `It has ${value.length} letters; at most ${limit} are taken.`);
  }
  if (problems.length) return { n, fields, problems };
  const row = { n, ...said, phone, email, ...(assigneeId && { assigneeId }) };
  return {
    n,
    fields,
    row: Object.fromEntries(
      Object.entries(row).filter(([, value]) => value !== undefined),
    ) as unknown as BulkRow,
  };
}

// Control characters but tab and line feed: no name or note has them.
const controls = /(?![\t\n])\p{Cc}/gu;
const clean = (cell: string): string => cell.replace(/\r\n?/g, '\n').replace(controls, '').trim();

function fieldsOf(cells: string[], mapping: ImportPlan['mapping']): Fields {
  const fields: Fields = {};
  for (const [at, target] of mapping.entries()) {
    const value = target && cells[at] && clean(cells[at]);
    if (target && value) fields[target] = value;
  }
  return fields;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const first = (text: string): string => text.split(/[;,\s]+/)[0] ?? '';

/** The first number that is one; several in a cell are kept in the note. */
function phoneOf(
  text: string | undefined,
  country: string,
  wrong: (message: string) => void,
): { phone?: string; numbers: string[] } {
  if (!text) return { numbers: [] };
  // What a spreadsheet has made of a long number: its last digits are gone.
  if (/^\d([.,]\d+)?e\+?\d+$/i.test(text)) {
    wrong(`“${text}” was shortened by a spreadsheet. Format the column as text there.`);
    return { numbers: [] };
  }
  const parts = text
    .replace(/^'/, '')
    .replace(/\.0$/, '')
    .split(/[/;,|\n]+|\s+or\s+/i)
    .map((part) => part.trim())
    .filter(Boolean);
  const numbers = parts.map((part) => normalPhone(part, country)).filter((number) => number !== undefined);
  if (!numbers.length) wrong(`“${short(text)}” is not a telephone number.`);
  return { ...(numbers[0] && { phone: numbers[0] }), numbers: numbers.slice(1) };
}

function noteOf(
  cells: string[],
  { note }: Fields,
  numbers: string[],
  { plan, columns }: World,
): string | undefined {
  const rest = plan.keepRest
    ? cells.flatMap((cell, at) => (plan.mapping[at] || !cell.trim() ? [] : `${columns[at]}: ${clean(cell)}`))
    : [];
  const others = numbers.length ? [`Other numbers: ${numbers.join(', ')}`] : [];
  const more = [...others, ...rest].join('\n');
  if (!more) return note;
  // What a person wrote is never cut; what is only taken along may be.
  const room = Math.max(0, 4000 - (note?.length ?? 0) - 1);
  return [note, more.slice(0, room)].filter(Boolean).join('\n');
}
