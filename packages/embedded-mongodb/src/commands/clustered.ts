import { type Doc, int, intValue, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import { wrongType } from './context.ts';

/** `clusteredIndex` as given to `create`, in the form in which it is listed: always on `_id`, always unique. */
export function clusteredOption(given: Doc): Doc | undefined {
  const option = given.get('clusteredIndex');
  if (option === undefined || option === null || option === false) return undefined;
  if (!(option instanceof Map)) throw wrongType('create.clusteredIndex', 'object', option);
  const key = option.get('key');
  if (!(key instanceof Map) || key.size !== 1 || intValue(key.get('_id')) !== 1) {
    throw fault('InvalidIndexSpecificationOption', 'The clusteredIndex option requires the key { _id: 1 }');
  }
  if (option.get('unique') !== true) {
    throw fault('CannotCreateIndex', 'The clusteredIndex option requires unique: true to be specified');
  }
  if (given.get('capped') === true) {
    throw fault('InvalidOptions', 'A capped collection cannot be clustered');
  }
  return new Map<string, Value>([
    ['v', int(2)],
    ['key', new Map([['_id', int(1)]])],
    ['name', option.get('name') ?? '_id_'],
    ['unique', true],
  ]);
}

/** How `listIndexes` shows the index of a clustered collection's `_id`. */
export function clusteredSpec(collection: Collection): Doc | undefined {
  const option = collection.options.get('clusteredIndex');
  return option instanceof Map ? new Map<string, Value>([...option, ['clustered', true]]) : undefined;
}
