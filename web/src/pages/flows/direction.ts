/** Which ways lead back up: a flow has loops, and ways in from the side, but is read from its beginning down. */
import type { FlowEdge, FlowGraph } from './types.ts';

/** The ways that are to be laid out turned around, so that the beginning stays on top. */
export function waysBack(
  { nodes, start }: Pick<FlowGraph, 'nodes' | 'start'>,
  ways: FlowEdge[],
): Set<FlowEdge> {
  const out = Map.groupBy(ways, ({ from }) => from);
  const back = new Set<FlowEdge>();
  const depth = new Map<string, number>();
  const reached = new Set(ways.map(({ to }) => to));
  const sides = nodes.map(({ id }) => id).filter((id) => id !== start && !reached.has(id));
  // Last, whatever is only in a loop of its own.
  for (const root of [start, ...sides, ...nodes.map(({ id }) => id)]) {
    if (depth.has(root)) continue;
    const order = walk(root, out, depth, back);
    // How far down each step is: the longest way to it.
    for (const id of order) depth.set(id, 0);
    for (const id of order)
      for (const way of out.get(id) ?? []) {
        if (back.has(way)) continue;
        const below = depth.get(id)! + 1;
        if (order.includes(way.to)) depth.set(way.to, Math.max(depth.get(way.to)!, below));
        // A way in from the side must not push the beginning down.
        else if (depth.get(way.to)! < below) back.add(way);
      }
  }
  return back;
}

/** Steps reached from a root and not known yet, each before those it leads to; ways to a step above go into `back`. */
function walk(
  root: string,
  out: Map<string, FlowEdge[]>,
  known: Map<string, number>,
  back: Set<FlowEdge>,
): string[] {
  const done: string[] = [];
  const open = new Set<string>();
  const seen = new Set<string>();
  const visit = (id: string) => {
    seen.add(id);
    open.add(id);
    for (const way of out.get(id) ?? []) {
      if (open.has(way.to)) back.add(way);
      else if (!seen.has(way.to) && !known.has(way.to)) visit(way.to);
    }
    open.delete(id);
    done.unshift(id);
  };
  visit(root);
  return done;
}
