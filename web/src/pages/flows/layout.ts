/** Where each step and each way of a flow stands: layered from top to bottom, what leads back goes around. */
import { Graph, layout } from '@dagrejs/dagre';
import type { FlowEdge, FlowGraph, FlowNode } from './types.ts';

export type Point = { x: number; y: number };
export type PlacedNode = FlowNode & { x: number; y: number; width: number; height: number };
export type PlacedEdge = FlowEdge & { points: Point[]; at?: Point };
export type Placed = { width: number; height: number; nodes: PlacedNode[]; edges: PlacedEdge[] };

/** What the customer sees is a card; what goes on behind it a line. */
export const isPlumbing = ({ kind }: FlowNode): boolean =>
  ['branch', 'run', 'set', 'clear', 'goto', 'call', 'return', 'split'].includes(kind);
const sizeOf = (node: FlowNode) =>
  isPlumbing(node) ? { width: 190, height: 48 } : { width: 236, height: 92 };
const labelWidth = 7;

export function place({ nodes, edges, start }: FlowGraph): Placed {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 26, edgesep: 14, ranksep: 26, marginx: 16, marginy: 16 });
  for (const node of [...nodes].sort((a, b) => Number(b.id === start) - Number(a.id === start)))
    graph.setNode(node.id, sizeOf(node));
  const known = edges.filter(({ from, to }) => from !== to && graph.hasNode(from) && graph.hasNode(to));
  for (const [i, { from, to, label }] of known.entries()) {
    const width = label ? Math.min(shortLabel(label).length * labelWidth, 170) : 0;
    // Steps are written in the order in which they are gone through: the next one is drawn below.
    const below = nodes.findIndex(({ id }) => id === to) === nodes.findIndex(({ id }) => id === from) + 1;
    graph.setEdge(from, to, { width, height: label ? 16 : 0, labelpos: 'c', weight: below ? 4 : 1 }, `${i}`);
  }
  layout(graph);
  const whole = graph.graph() as { width: number; height: number };
  return {
    width: Math.ceil(whole.width),
    height: Math.ceil(whole.height),
    nodes: nodes.map((node) => {
      const { x, y, width, height } = graph.node(node.id) as {
        x: number;
        y: number;
        width: number;
        height: number;
      };
      return { ...node, x: x - width / 2, y: y - height / 2, width, height };
    }),
    edges: known.map((edge, i) => {
      const { points, x, y } = graph.edge(edge.from, edge.to, `${i}`) as { points: Point[] } & Point;
      return { ...edge, points, ...(edge.label && { at: { x, y } }) };
    }),
  };
}

/** A condition as short as it can be understood; the whole of it is shown on hover. */
export function shortLabel(label: string): string {
  const plain = label.replace(/\b(vars|talk|conversation)\./g, '').replace(/has\(([^)]+)\)/g, '$1');
  return plain.length > 24 ? `${plain.slice(0, 23)}…` : plain;
}

/** A line through the points, its corners rounded. */
export function pathOf(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const middle = rest.slice(0, -1).map((point, i) => {
    const next = rest[i + 1]!;
    return `Q ${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  const last = rest.at(-1) ?? first;
  return [`M ${first.x} ${first.y}`, ...middle, `L ${last.x} ${last.y}`].join(' ');
}
