import { type Doc, isDoc, type Value } from '../bson/values.ts';

/** 'tree' goes on below; 'keep' is a place that another step will change. */
export interface ProjectionNode {
  kind: 'tree' | 'include' | 'exclude' | 'computed' | 'keep';
  children: Map<string, ProjectionNode>;
  expr?: (root: Doc) => Value | undefined;
}

/** Only the named fields, in the document's order; within arrays, only elements that are documents remain. */
export function include(doc: Doc, node: ProjectionNode): Doc {
  const out: Doc = new Map();
  for (const [name, value] of doc) {
    const child = node.children.get(name);
    if (!child || child.kind === 'exclude') continue;
    if (child.kind === 'include' || child.kind === 'keep') out.set(name, value);
    else if (child.kind === 'tree') {
      const kept = includeIn(value, child);
      if (kept !== undefined) out.set(name, kept);
    }
  }
  return out;
}

function includeIn(value: Value, node: ProjectionNode): Value | undefined {
  if (isDoc(value)) return include(value, node);
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => includeIn(item, node)).filter((item) => item !== undefined);
}

/** Everything but the named fields. */
export function exclude(doc: Doc, node: ProjectionNode): Doc {
  const out: Doc = new Map();
  for (const [name, value] of doc) {
    const child = node.children.get(name);
    if (!child || child.kind === 'keep' || child.kind === 'include') out.set(name, value);
    else if (child.kind === 'tree') out.set(name, excludeIn(value, child));
  }
  return out;
}

function excludeIn(value: Value, node: ProjectionNode): Value {
  if (isDoc(value)) return exclude(value, node);
  return Array.isArray(value) ? value.map((item) => excludeIn(item, node)) : value;
}

/** Sets the computed fields, all from the same `root`; a missing result takes the field away. */
export function addComputed(doc: Doc, node: ProjectionNode, root: Doc): Doc {
  const out: Doc = new Map(doc);
  for (const [name, child] of node.children) {
    if (child.kind === 'computed') {
      const value = child.expr!(root);
      if (value === undefined) out.delete(name);
      else out.set(name, value);
    } else if (child.kind === 'tree' && hasComputed(child))
      out.set(name, computeIn(out.get(name), child, root));
  }
  return out;
}

function computeIn(value: Value | undefined, node: ProjectionNode, root: Doc): Value {
  if (Array.isArray(value)) return value.map((item) => computeIn(item, node, root));
  return addComputed(isDoc(value) ? value : new Map(), node, root);
}

const computedMemo = new WeakMap<ProjectionNode, boolean>();

function hasComputed(node: ProjectionNode): boolean {
  const known = computedMemo.get(node);
  if (known !== undefined) return known;
  const has = [...node.children.values()].some(
    (c) => c.kind === 'computed' || (c.kind === 'tree' && hasComputed(c)),
  );
  computedMemo.set(node, has);
  return has;
}
