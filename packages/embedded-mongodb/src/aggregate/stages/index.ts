import type { MakeStage } from '../stage.ts';
import { bucket, bucketAuto } from './bucket.ts';
import { densify } from './densify.ts';
import { facet } from './facet.ts';
import { fill } from './fill.ts';
import { graphLookup } from './graph-lookup.ts';
import { group, sortByCount } from './group.ts';
import { lookup } from './lookup.ts';
import { merge, out } from './merge.ts';
import { redact } from './redact.ts';
import { refusedStages } from './refused.ts';
import { reshapingStages } from './reshape.ts';
import { setWindowFields } from './set-window-fields.ts';
import { count, limit, match, sample, skip, sort } from './simple.ts';
import { documents, unionWith } from './union-with.ts';
import { unwind } from './unwind.ts';

/** Every stage by its name. To add one: a function from its specification to a stage. */
export const stageMakers: ReadonlyMap<string, MakeStage> = new Map<string, MakeStage>([
  ['$bucket', bucket],
  ['$bucketAuto', bucketAuto],
  ['$count', count],
  ['$densify', densify],
  ['$documents', documents],
  ['$facet', facet],
  ['$fill', fill],
  ['$graphLookup', graphLookup],
  ['$group', group],
  ['$limit', limit],
  ['$lookup', lookup],
  ['$match', match],
  ['$merge', merge],
  ['$out', out],
  ['$redact', redact],
  ['$sample', sample],
  ['$setWindowFields', setWindowFields],
  ['$skip', skip],
  ['$sort', sort],
  ['$sortByCount', sortByCount],
  ['$unionWith', unionWith],
  ['$unwind', unwind],
  ...reshapingStages,
  ...refusedStages,
]);
