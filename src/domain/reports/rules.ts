/** What fits together: measures, and by what they can be grouped and narrowed. Pure. */
import type { Dataset, DimensionName, Measure } from '../../core/dataset.ts';
import { invalid } from '../../core/validate.ts';
import { type GroupName, type Spec, type TimeName, timeNames } from './spec.ts';

export type Chosen = { dataset: Dataset; measure: Measure };

export const isTime = (name: GroupName): name is TimeName => (timeNames as readonly string[]).includes(name);

const labels: Record<GroupName, string> = {
  caller: 'Tele-caller',
  source: 'Source',
  campaign: 'Campaign',
  product: 'Product',
  stage: 'Status',
  reason: 'Lost reason',
  city: 'City',
  industry: 'Industry',
  segment: 'Customer type',
  size: 'Size',
  outcome: 'Outcome',
  status: 'Appointment status',
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
};
export const labelOf = (name: GroupName): string => labels[name];

export const measuresOf = (datasets: Dataset[]): Chosen[] =>
  datasets.flatMap((dataset) => dataset.measures.map((measure) => ({ dataset, measure })));

/** @throws input.invalid, naming the field and what would fit. */
export function choose(datasets: Dataset[], spec: Spec): Chosen[] {
  const known = measuresOf(datasets);
  const chosen = spec.measures.map((name, at) => {
    const found = known.find(({ measure }) => measure.name === name);
    if (!found)
      throw invalid(
        `measures.${at}`,
        `${name} cannot be counted; ${known.map(({ measure }) => measure.name).join(', ')} can`,
      );
    return found;
  });
  if (spec.list && chosen.length > 1)
    throw invalid('measures', 'a list shows one kind of record: give one measure');
  if (new Set(spec.by).size < spec.by.length) throw invalid('by', 'the same twice');
  for (const name of [...spec.by, ...(Object.keys(spec.filters) as DimensionName[])]) {
    if (isTime(name)) continue;
    const without = chosen.find(({ dataset }) => !dataset.dimensions[name]);
    if (without)
      throw invalid(
        'by',
        `${without.measure.label} cannot be told by ${labelOf(name).toLowerCase()}; by ${groupsOf(
          without.dataset,
        )
          .map((fit) => labelOf(fit).toLowerCase())
          .join(', ')} it can`,
      );
  }
  return chosen;
}

export const groupsOf = ({ dimensions }: Dataset): GroupName[] => [
  ...(Object.keys(dimensions) as DimensionName[]),
  ...timeNames,
];
