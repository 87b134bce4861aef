import { compileExpression } from '../aggregate/expression.ts';
import { show } from '../bson/ejson.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { type FilterOptions, truthy } from './operators.ts';
import { findOperator, type Step } from './projection-operators.ts';
import { addComputed, exclude, include, type ProjectionNode } from './projection-tree.ts';

export type Projection = (doc: Doc) => Doc;

export interface ProjectionOptions extends FilterOptions {
  /** 'find' adds `$slice`, `$elemMatch` and the positional `$`; 'aggregate' is `$project`. */
  mode?: 'find' | 'aggregate';
  /** The query's filter, which the positional `$` refers to. */
  filter?: Doc | undefined;
}

/** Compiles a projection. Throws MongoDB's codes for paths that collide and for mixed inclusion and exclusion. */
export function compileProjection(spec: Doc, options: ProjectionOptions = {}): Projection {
  const plan = new Plan(options);
  if (spec.size === 0) {
    if (options.mode === 'aggregate')
      throw fault(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    return (doc) => doc;
  }
  plan.read(spec, '', plan.tree);
  const isInclusive = plan.mode === 'include';
  if (isInclusive && !plan.hasId) plan.tree.children.set('_id', { kind: 'include', children: new Map() });
  const { tree, steps } = plan;
  const hasComputed = plan.computed > 0;
  return (doc) => {
    let out = isInclusive ? include(doc, tree) : exclude(doc, tree);
    if (hasComputed) out = addComputed(out, tree, doc);
    for (const step of steps) out = step(out, doc);
    return out;
  };
}

class Plan {
  readonly tree: ProjectionNode = { kind: 'tree', children: new Map() };
  readonly steps: Step[] = [];
  mode: 'include' | 'exclude' | undefined;
  hasId = false;
  computed = 0;
  private readonly options: ProjectionOptions;

  constructor(options: ProjectionOptions) {
    this.options = options;
  }

  read(spec: Doc, prefix: string, at: ProjectionNode): void {
    for (const [key, value] of spec) this.field(key, value, prefix, at);
    if (prefix === '')
      this.mode ??= this.idOnly ?? (this.steps.length > 0 || this.computed === 0 ? 'exclude' : 'include');
  }

  private idOnly: 'include' | 'exclude' | undefined;

  private field(key: string, value: Value, prefix: string, at: ProjectionNode): void {
    const full = prefix + key;
    checkName(full, key);
    if (this.options.mode !== 'aggregate' && key.endsWith('.$')) {
      this.positional(full, key, at);
      return;
    }
    if (typeof value === 'boolean' || isNumber(value)) {
      const kind = truthy(value) ? 'include' : 'exclude';
      if (full === '_id') {
        this.hasId = true;
        this.idOnly = kind;
        return void this.place(
          at,
          key,
          full,
          kind === 'include' ? { kind, children: new Map() } : { kind, children: new Map() },
        );
      }
      this.setMode(kind, full);
      return void this.place(at, key, full, { kind, children: new Map() });
    }
    if (isDoc(value) && value.size > 0) {
      const first = value.keys().next().value!;
      if (!first.startsWith('$')) {
        const node = this.place(at, key, full, { kind: 'tree', children: new Map() });
        if (full === '_id') this.hasId = true;
        this.read(value, `${full}.`, node);
        return;
      }
      if (this.options.mode !== 'aggregate') {
        const operator = findOperator(full, first, value.get(first)!, this.options);
        if (operator) {
          if (operator.includes) {
            this.setMode('include', full);
            this.place(at, key, full, { kind: 'include', children: new Map() });
          } else this.place(at, key, full, { kind: 'keep', children: new Map() });
          this.steps.push(operator.step);
          return;
        }
      }
    } else if (isDoc(value))
      throw fault(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at path '${full}'`,
      );
    this.setMode('include', full);
    if (full === '_id' || full.startsWith('_id.')) this.hasId = true;
    const expr = compileExpression(value, this.options);
    this.computed++;
    this.place(at, key, full, { kind: 'computed', children: new Map(), expr });
  }

  private positional(full: string, key: string, at: ProjectionNode): void {
    const path = full.slice(0, -2);
    if (path.includes('.$')) throw fault(31287, 'Cannot specify positional operator twice in a projection');
    this.setMode('include', full);
    this.place(at, key.slice(0, -2), path, { kind: 'include', children: new Map() });
    if (this.steps.some((s) => s.name === 'positional'))
      throw fault(31276, 'Cannot specify more than one positional projection per query.');
    this.steps.push(findOperator(path, '$', null, this.options)!.step);
  }

  private setMode(kind: 'include' | 'exclude', path: string): void {
    if (path.startsWith('_id.')) this.hasId = true;
    if (this.mode && this.mode !== kind)
      throw kind === 'include'
        ? fault(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
        : fault(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    this.mode = kind;
  }

  /** Puts a node at a dotted key, making the way; two at one place or below each other collide. */
  private place(at: ProjectionNode, key: string, full: string, node: ProjectionNode): ProjectionNode {
    const parts = key.split('.');
    let here = at;
    for (let i = 0; i < parts.length; i++) {
      const isLast = i === parts.length - 1;
      const existing = here.children.get(parts[i]!);
      if (!existing) {
        const made: ProjectionNode = isLast ? node : { kind: 'tree', children: new Map() };
        here.children.set(parts[i]!, made);
        here = made;
      } else if (isLast && !(existing.kind === 'tree' && node.kind === 'tree'))
        throw fault(31250, `Path collision at ${full}`);
      else if (existing.kind !== 'tree')
        throw fault(31249, `Path collision at ${full} remaining portion ${parts.slice(i + 1).join('.')}`);
      else here = existing;
    }
    return here;
  }
}

function checkName(full: string, key: string): void {
  if (key === '') throw fault(40352, 'FieldPath cannot be constructed with empty string');
  if (full.endsWith('.')) throw fault(40353, "FieldPath must not end with a '.'.");
  if (full.startsWith('$'))
    throw fault(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField. Found ${show(full)}`,
    );
  if (full.split('.').includes('')) throw fault(15998, 'FieldPath field names may not be empty strings.');
}
