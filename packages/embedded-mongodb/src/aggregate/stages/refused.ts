import { fault } from '../../errors.ts';
import type { MakeStage } from '../stage.ts';

const GEO = 'Geospatial queries need a MongoDB server.';
const SEARCH = 'Search needs MongoDB Atlas. Use $match with $regex.';

const REFUSED: Record<string, string> = {
  $geoNear: GEO,
  $search: SEARCH,
  $searchMeta: SEARCH,
  $vectorSearch: SEARCH,
  $rankFusion: SEARCH,
  $scoreFusion: SEARCH,
  $querySettings: 'It needs a MongoDB server.',
  $queryStats: 'It needs a MongoDB server.',
  $shardedDataDistribution: 'There are no shards.',
  $listSampledQueries: 'There are no shards.',
  $collStats: 'It must be the first stage.',
  $currentOp: 'What runs at the moment is not kept; see serverStatus.',
  $indexStats: 'The uses of indexes are not counted here; use explain.',
  $listLocalSessions: 'It needs a MongoDB server.',
  $listSessions: 'It needs a MongoDB server.',
  $planCacheStats: 'Plans are not cached here; use explain.',
};

/** Stages that MongoDB has and this server has not. Stages that only the server can answer come before a pipeline. */
export const refusedStages: [string, MakeStage][] = Object.entries(REFUSED).map(([name, why]) => [
  name,
  () => {
    throw fault('CommandNotSupported', `${name} is not available here. ${why}`);
  },
]);
