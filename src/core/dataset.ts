/**
 * What can be counted. A module declares a dataset over its own records; reports, dashboards and questions in plain
 * words are compiled from these, so that one question has one number on every surface.
 *
 * To add a measure: add it to the dataset in `domain/<module>/dataset.ts`. To add a dataset: write one, list it in the
 * module's `index.ts`.
 */
import type { Model } from 'mongoose';
import type { Config } from './config.ts';
import type { RecordKind } from './rights.ts';

/** By what can be grouped and narrowed. `time` ones come from the measure's own moment. */
export const dimensionNames = [
  'caller',
  'source',
  'campaign',
  'product',
  'stage',
  'reason',
  'city',
  'industry',
  'segment',
  'size',
  'outcome',
  'status',
] as const;
export type DimensionName = (typeof dimensionNames)[number];

export type Dimension = {
  /** The record's field; `lead.<field>` is looked up on the lead that the record is about. */
  field: string;
  /** What a stored key is called: stages, outcomes. Absent: it reads as it is stored. */
  labels?: (config: Config) => Record<string, string>;
};

export type Measure = {
  /** `call.made`: stands in saved reports, keep it. */
  name: string;
  label: string;
  /** Other words for it, lower case, as somebody asks in chat. */
  words: string[];
  /** Which moment of a record puts it into a period. An index begins with it, or with the owner and it. */
  at: string;
  where?: (config: Config) => Record<string, unknown>;
  /** Adds up this field (minor units of the organisation's currency) rather than counting records. */
  sum?: string;
};

export type Dataset = {
  name: string;
  label: string;
  subject: RecordKind;
  model: Model<any>;
  dimensions: Partial<Record<DimensionName, Dimension>>;
  measures: Measure[];
  /** What a list of these records shows. */
  columns: {
    key: string;
    label: string;
    field: string;
    kind: 'text' | 'number' | 'money' | 'time';
    person?: boolean;
  }[];
};
export const defineDataset = (dataset: Dataset): Dataset => dataset;

/** Without what is told by fields that the reader does not see. */
export function visibleOf(dataset: Dataset, hides: (field: string) => boolean): Dataset {
  const isShown = (field: string) => !hides(field.split('.').at(-1)!);
  return {
    ...dataset,
    dimensions: Object.fromEntries(
      Object.entries(dataset.dimensions).filter(([, { field }]) => isShown(field)),
    ),
    measures: dataset.measures.filter(({ sum }) => !sum || isShown(sum)),
    columns: dataset.columns.filter(({ field }) => isShown(field)),
  };
}
