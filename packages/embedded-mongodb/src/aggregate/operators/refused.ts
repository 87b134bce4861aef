import { fault } from '../../errors.ts';
import type { OperatorTable } from './support.ts';

const REFUSED: Record<string, string> = {
  $function: 'JavaScript is not run in the server: write it with other operators.',
  $accumulator: 'JavaScript is not run in the server: write it with other operators.',
  $meta: 'It needs text or vector search.',
  $toHashedIndexKey: 'Hashed indexes are not available here.',
  $encStrStartsWith: 'Queryable encryption is not available here.',
};

/** Operators that MongoDB has and this server has not, each with what to do. `$rand` and `$sampleRate` live here too. */
export const refused: OperatorTable = {
  ...Object.fromEntries(
    Object.entries(REFUSED).map(([name, why]) => [
      name,
      () => {
        throw fault('InvalidPipelineOperator', `${name} is not available here. ${why}`);
      },
    ]),
  ),
  $rand: () => () => Math.random(),
  $sampleRate: () => {
    throw fault(
      'InvalidPipelineOperator',
      "Unrecognized expression '$sampleRate': it stands in $match, or use {$lt: [{$rand: {}}, rate]}.",
    );
  },
};
