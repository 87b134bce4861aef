import type { Doc } from '../bson/index.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Store, Unit } from '../storage/store.ts';

/** The log of changes that change streams read. */
export class ChangeLog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    void this.#store;
  }

  inserted(_collection: Collection, _document: Doc): Unit['log'] {
    return undefined;
  }

  updated(_collection: Collection, _before: Doc, _after: Doc, _isReplacement: boolean): Unit['log'] {
    return undefined;
  }

  deleted(_collection: Collection, _document: Doc): Unit['log'] {
    return undefined;
  }

  dropped(_collection: Collection): void {}

  droppedDatabase(_db: string): void {}

  renamed(_from: string, _collection: Collection): void {}

  wake(): void {}

  trim(): void {}
}
