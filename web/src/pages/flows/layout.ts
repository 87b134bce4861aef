/** Where each step and each way of a flow stands: layered from top to bottom, what leads back goes around. */
import { Graph, layout } from '@dagrejs/dagre';
import { waysBack } from './direction.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './types.ts';

export type Point = { x: number; y: number };
export type PlacedNode = FlowNode & Point & { width: number; height: number };
export type PlacedEdge = FlowEdge & { points: Point[]; at?: Point };
export type Placed = { width: number; height: number; nodes: PlacedNode[]; edges: PlacedEdge[] };

/** What the customer sees is a card; what goes on behind it a line. */
export const isPlumbing = ({ kind }: FlowNode): boolean =>
  ['branch', 'run', 'set', 'clear', 'goto', 'call', 'return', 'split'].includes(kind);
const sizeOf = (node: FlowNode) =>
  isPlumbing(node) ? { width: 190, height: 48 } : { width: 236, height: 92 };
const letter = 6.5;
const margin = 20;

export function place({ nodes, edges, start }: FlowGraph): Placed {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 26, edgesep: 18, ranksep: 26 });
  for (const node of [...nodes].sort((a, b) => Number(b.id === start) - Number(a.id === start)))
    graph.setNode(node.id, sizeOf(node));
  const ways = together(edges).filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to));
  const back = waysBack({ nodes, start }, ways);
  const ordered = nodes.map(({ id }) => id);
  for (const [i, way] of ways.entries()) {
    const { from, to, label } = way;
    const size = { width: shortLabel(label).length * letter, height: label ? 16 : 0, labelpos: 'c' as const };
    // Steps are written in the order in which they are gone through: the next one is drawn below.
    const isNext = ordered.indexOf(to) === ordered.indexOf(from) + 1;
    if (back.has(way)) graph.setEdge(to, from, { ...size, weight: 1 }, `${i}`);
    else graph.setEdge(from, to, { ...size, weight: isNext ? 4 : 1 }, `${i}`);
  }
  layout(graph);
  return shifted(
    nodes.map((node) => {
      const { x, y } = graph.node(node.id) as Point;
      const { width, height } = sizeOf(node);
      return { ...node, x: x - width / 2, y: y - height / 2, width, height };
    }),
    ways.map((way, i) => {
      const isDown = !back.has(way);
      const [above, below] = isDown ? [way.from, way.to] : [way.to, way.from];
      const { points, x, y } = graph.edge(above, below, `${i}`) as { points: Point[] } & Point;
      return { ...way, points: isDown ? points : points.toReversed(), ...(way.label && { at: { x, y } }) };
    }),
  );
}

/** Several ways between the same two steps are one line, which says them all. */
function together(edges: FlowEdge[]): FlowEdge[] {
  const groups = Map.groupBy(
    edges.filter(({ from, to }) => from !== to),
    ({ from, to }) => `${from} ${to}`,
  );
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    label: group.flatMap(({ label }) => label || []).join(', '),
  }));
}

/** Moved so that nothing, lines and their words included, lies outside. */
function shifted(nodes: PlacedNode[], edges: PlacedEdge[]): Placed {
  const words = edges.flatMap(({ at, label }) => {
    const half = (shortLabel(label).length * letter) / 2;
    return at ? [at.x - half, at.x + half] : [];
  });
  const points = edges.flatMap((edge) => edge.points);
  const xs = [...nodes.flatMap(({ x, width }) => [x, x + width]), ...points.map(({ x }) => x), ...words];
  const ys = [...nodes.flatMap(({ y, height }) => [y, y + height]), ...points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x - left, y: point.y - top });
  return {
    width: Math.ceil(Math.max(...xs) - left + margin),
    height: Math.ceil(Math.max(...ys) - top + margin),
    nodes: nodes.map(move),
    edges: edges.map((edge) => ({
      ...edge,
      points: edge.points.map(move),
      ...(edge.at && { at: move(edge.at) }),
    })),
  };
}

/** A condition as short as it can be understood; the whole of it is shown on hover. */
export function shortLabel(label: string): string {
  const plain = label
    .replace(/\b(vars|talk|conversation)\./g, '')
    .replace(/has\(([^)]+)\)/g, '$1')
    .replace(/!(?=\w)/g, 'no ')
    .replace(/(^|, )\*/g, '$1otherwise');
  return plain.length > 24 ? `${plain.slice(0, 23)}…` : plain;
}

/** A line through the points, its corners rounded. */
export function pathOf(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = rest.map((point, i) => {
    const before = points[i]!;
    const next = rest[i + 1];
    if (!next) return `L ${round(point)}`;
    return `L ${round(towards(point, before))} Q ${round(point)} ${round(towards(point, next))}`;
  });
  return [`M ${round(first)}`, ...parts].join(' ');
}
const bend = 16;
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(bend, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
const round = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
