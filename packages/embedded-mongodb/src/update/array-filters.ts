import { show } from '../bson/ejson.ts';
import type { Doc, Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import type { FilterOptions } from '../query/operators.ts';
import type { FieldPath } from './field-path.ts';

export interface ArrayFilters {
  test(name: string, element: Value): boolean;
  has(name: string): boolean;
  /** Every filter must be used and every name must have one. */
  checkUse(paths: readonly FieldPath[], update: Doc): void;
}

/** `arrayFilters: [{'x.qty': {$gt: 3}}]`: one name a filter, one filter a name. */
export function compileArrayFilters(filters: readonly Doc[], options: FilterOptions): ArrayFilters {
  const tests = new Map<string, (doc: Doc) => boolean>();
  for (const filter of filters) {
    const names = new Set(namesIn(filter));
    if (names.size === 0)
      throw fault('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    if (names.size > 1) {
      const [a, b] = [...names];
      throw fault(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${a}' and '${b}'`,
      );
    }
    const name = [...names][0]!;
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw fault(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (tests.has(name))
      throw fault('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    tests.set(name, compileFilter(filter, options));
  }
  return {
    has: (name) => tests.has(name),
    test: (name, element) => tests.get(name)!(new Map([[name, element]])),
    checkUse: (paths, update) => {
      const used = new Set<string>();
      for (const path of paths)
        for (const part of path.parts) {
          const name = /^\$\[(.+)\]$/.exec(part)?.[1];
          if (name === undefined) continue;
          used.add(name);
          if (!tests.has(name))
            throw fault('BadValue', `No array filter found for identifier '${name}' in path '${path.text}'`);
        }
      for (const name of tests.keys())
        if (!used.has(name))
          throw fault(
            'FailedToParse',
            `The array filter for identifier '${name}' was not used in the update ${show(update)}`,
          );
    },
  };
}

function* namesIn(filter: Doc): Generator<string> {
  for (const [key, value] of filter) {
    if (!key.startsWith('$')) yield key.split('.')[0]!;
    else if (Array.isArray(value)) for (const part of value) if (part instanceof Map) yield* namesIn(part);
  }
}
