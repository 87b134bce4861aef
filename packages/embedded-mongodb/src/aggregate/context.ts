import type { Doc } from '../bson/values.ts';
import type { FilterOptions } from '../query/operators.ts';

/** A collection that a stage reads. `find` may use indexes; it must give only documents that match, in any order. */
export interface CollectionSource {
  find(filter: Doc): AsyncIterable<Doc> | Iterable<Doc>;
}

/** What `$merge` and `$out` write to. */
export interface WriteTarget {
  /** All documents whose fields equal those of `key`; `$merge` asks for the one that it merges with. */
  findByKey(key: Doc): Promise<Doc | undefined> | Doc | undefined;
  insert(doc: Doc): Promise<void> | void;
  /** Puts `doc` in the place of the document with this `_id`. */
  replace(old: Doc, doc: Doc): Promise<void> | void;
  /** For `$out`: replaces the whole collection, at once, when all documents have come. */
  replaceAll(docs: AsyncIterable<Doc>): Promise<void>;
  /** `$merge` demands a unique index on its `on` fields. */
  hasUniqueIndex(fields: readonly string[]): Promise<boolean> | boolean;
}

/** What a pipeline needs from the server. Without a hook, the stages that need it are refused. */
export interface PipelineContext extends FilterOptions {
  /** Another collection (`$lookup`, `$unionWith`, `$graphLookup`); of the same database when `db` is not given. */
  collection?: (name: string, db?: string) => CollectionSource;
  target?: (name: string, db?: string) => WriteTarget;
  allowDiskUse?: boolean;
  /** Bytes that one blocking stage may hold; MongoDB's own is 100 MB, and so it is here by default. */
  memoryLimit?: number;
}
