import { type Path, visitPath } from '../bson/path.ts';
import { type Doc, isDoc, type Value } from '../bson/values.ts';

/** A filter as a tree. */
export type Match =
  | { kind: 'and' | 'or' | 'nor'; parts: Match[] }
  | { kind: 'path'; path: Path; node: Node }
  | { kind: 'test'; test: (doc: Doc) => boolean };

/** What is asked of the values at one path. A leaf sees the array's elements ('expand') or the array ('whole'). */
export type Node =
  | { kind: 'leaf'; leaf: 'expand' | 'whole'; test: Leaf }
  | { kind: 'and'; nodes: Node[] }
  | { kind: 'or'; nodes: Node[] }
  | { kind: 'not'; node: Node }
  | { kind: 'elemValue'; node: Node }
  | { kind: 'elemDoc'; match: Match };

export type Leaf = (value: Value | undefined) => boolean;
export type Predicate = (doc: Doc) => boolean;

export function toPredicate(match: Match): Predicate {
  switch (match.kind) {
    case 'test':
      return match.test;
    case 'path':
      return pathPredicate(match.path, match.node);
    default: {
      const parts = match.parts.map(toPredicate);
      if (match.kind === 'and') return all(parts);
      const some: Predicate = (doc) => {
        for (const part of parts) if (part(doc)) return true;
        return false;
      };
      return match.kind === 'or' ? some : (doc) => !some(doc);
    }
  }
}

/** The node's question asked of one value, arrays not entered: as `$elemMatch` asks its elements. */
export function toLeaf(node: Node): Leaf {
  switch (node.kind) {
    case 'leaf':
      return node.test;
    case 'not': {
      const inner = toLeaf(node.node);
      return (v) => !inner(v);
    }
    case 'and': {
      const inner = node.nodes.map(toLeaf);
      return (v) => inner.every((test) => test(v));
    }
    case 'or': {
      const inner = node.nodes.map(toLeaf);
      return (v) => inner.some((test) => test(v));
    }
    default: {
      const find = elementFinder(node);
      return (v) => Array.isArray(v) && find(v) >= 0;
    }
  }
}

/** As a predicate, but it also notes the index of the array element that matched. */
export function toPositional(match: Match): (doc: Doc, found: { index: number | undefined }) => boolean {
  switch (match.kind) {
    case 'test':
      return match.test;
    case 'path':
      return pathPositional(match.path, match.node);
    case 'nor':
      return toPredicate(match);
    default: {
      const parts = match.parts.map(toPositional);
      return match.kind === 'and'
        ? (doc, found) => parts.every((part) => part(doc, found))
        : (doc, found) => parts.some((part) => part(doc, found));
    }
  }
}

function all(parts: Predicate[]): Predicate {
  if (parts.length === 0) return () => true;
  if (parts.length === 1) return parts[0]!;
  if (parts.length === 2) {
    const [a, b] = parts as [Predicate, Predicate];
    return (doc) => a(doc) && b(doc);
  }
  return (doc) => {
    for (const part of parts) if (!part(doc)) return false;
    return true;
  };
}

function pathPredicate(path: Path, node: Node): Predicate {
  switch (node.kind) {
    case 'not': {
      const inner = pathPredicate(path, node.node);
      return (doc) => !inner(doc);
    }
    case 'and':
      return all(node.nodes.map((n) => pathPredicate(path, n)));
    case 'or': {
      const inner = node.nodes.map((n) => pathPredicate(path, n));
      return (doc) => inner.some((test) => test(doc));
    }
    default: {
      const test = toLeaf(node);
      const leaf = node.kind === 'leaf' ? node.leaf : 'whole';
      const name = path.parts[0]!;
      if (path.parts.length > 1) return (doc) => visitPath(doc, path, leaf, test);
      return (doc) => {
        const value = doc.get(name);
        if (!Array.isArray(value) || leaf === 'whole') return test(value);
        for (const item of value) if (test(item)) return true;
        return test(value);
      };
    }
  }
}

function pathPositional(path: Path, node: Node): (doc: Doc, found: { index: number | undefined }) => boolean {
  if (node.kind === 'not') return pathPredicate(path, node);
  if (node.kind === 'and' || node.kind === 'or') {
    const inner = node.nodes.map((n) => pathPositional(path, n));
    return node.kind === 'and'
      ? (doc, found) => inner.every((test) => test(doc, found))
      : (doc, found) => inner.some((test) => test(doc, found));
  }
  const test = toLeaf(node);
  const leaf = node.kind === 'leaf' ? node.leaf : 'whole';
  const inElement = node.kind === 'leaf' ? undefined : elementFinder(node);
  return (doc, found) => {
    let at = -1;
    const matched = visitIndexed(doc, path, leaf, (value, index) => {
      if (!test(value)) return false;
      at = index >= 0 || !inElement || !Array.isArray(value) ? index : inElement(value);
      return true;
    });
    if (matched && at >= 0) found.index = at;
    return matched;
  };
}

/** `visitPath`, told also the index in the outermost array (-1 when there is none). */
function visitIndexed(
  doc: Doc,
  path: Path,
  leaf: 'expand' | 'whole',
  visit: (value: Value | undefined, index: number) => boolean,
): boolean {
  let at: Value | undefined = doc;
  for (let i = 0; i < path.parts.length; i++) {
    if (!isDoc(at)) return visit(undefined, -1);
    at = at.get(path.parts[i]!);
    if (!Array.isArray(at)) continue;
    const rest = path.parts.slice(i + 1);
    if (rest.length === 0) {
      if (leaf === 'expand' && at.some((item, n) => visit(item, n))) return true;
      return visit(at, -1);
    }
    // One element at a time, the others blanked out, so that indexes in the path keep their meaning.
    const tail = { text: '', parts: ['', ...rest], index: [-1, ...path.index.slice(i + 1)] };
    const array = at;
    return array.some((item, n) => {
      const alone: Value[] = array.map((_, k) => (k === n ? item : null));
      if (!isDoc(item) && tail.index[1] !== n) return false;
      return visitPath(new Map([['', alone]]), blankExcept(tail, n), leaf, (v) => visit(v, n));
    });
  }
  return visit(at, -1);
}

function blankExcept(path: Path, n: number): Path {
  return path.index[1] === n ? path : { ...path, index: [path.index[0]!, -1, ...path.index.slice(2)] };
}

/** Gives the index of the first element that satisfies an `$elemMatch`, or -1. */
function elementFinder(node: Extract<Node, { kind: 'elemValue' | 'elemDoc' }>): (array: Value[]) => number {
  if (node.kind === 'elemValue') {
    const test = toLeaf(node.node);
    return (array) => array.findIndex((item) => test(item));
  }
  const test = toPredicate(node.match);
  return (array) =>
    array.findIndex((item) => {
      if (isDoc(item)) return test(item);
      return Array.isArray(item) && test(new Map(item.map((v, i) => [String(i), v])));
    });
}
