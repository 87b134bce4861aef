export { type Bound, filterBounds } from './bounds.ts';
export { filterFields } from './fields.ts';
export { compileFilter, compilePositional, type FilterOptions } from './filter.ts';
export { compileProjection, type Projection, type ProjectionOptions } from './projection.ts';
export { compileSieve } from './sieve.ts';
export { compileKeyOrder, compileSort, parseSort, type SortKey, sortKeyOf } from './sort.ts';
