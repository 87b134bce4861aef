/** The flow drawn: steps as buttons, ways as lines. It scrolls; it can be made smaller until all of it is seen. */
import { ExpandOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isPlumbing, type PlacedEdge, type PlacedNode, pathOf, place, shortLabel } from './layout.ts';
import { heat, StepFigures } from './step-figures.tsx';
import type { FlowGraph, StepCount } from './types.ts';
import { kindWord, stepTitle } from './words.ts';

export type GraphProps = {
  graph: FlowGraph;
  counts: Map<string, StepCount>;
  currency: string;
  chosen: string | undefined;
  /** Where the try-out stands. */
  playing: string | undefined;
  changed: Set<string>;
  onOpen: (id: string) => void;
};

export function FlowGraphView(props: GraphProps) {
  const { graph, chosen, playing } = props;
  const placed = useMemo(() => place(graph), [graph]);
  const [scale, setScale] = useState(1);
  const view = useRef<HTMLDivElement>(null);
  const focus = playing ?? chosen;
  useEffect(() => {
    const first = placed.nodes.find(({ id }) => id === graph.start);
    const { current } = view;
    if (first && current) current.scrollLeft = first.x + first.width / 2 - current.clientWidth / 2;
  }, [placed, graph.start]);
  useEffect(() => {
    if (focus)
      view.current
        ?.querySelector(`[data-step="${focus}"]`)
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [focus]);
  const zoom = (factor: number) => setScale((now) => Math.min(1.4, Math.max(0.3, now * factor)));
  const fit = () => {
    const { clientWidth = 0, clientHeight = 0 } = view.current ?? {};
    setScale(Math.max(0.3, Math.min(1, clientWidth / placed.width, clientHeight / placed.height)));
  };
  return (
    <section className="panel flow-graph" aria-label="The flow as a graph">
      <div className="flow-tools">
        <span>
          <b>12</b> came here <i data-heat="2" /> over 10 % left <i data-heat="3" /> over 25 % left {'\u00a0'}{' '}
          ⚡ from anywhere
        </span>
        <Button size="small" aria-label="Smaller" icon={<MinusOutlined />} onClick={() => zoom(0.8)} />
        <Button size="small" aria-label="See all of it" icon={<ExpandOutlined />} onClick={fit} />
        <Button size="small" aria-label="Bigger" icon={<PlusOutlined />} onClick={() => zoom(1.25)} />
      </div>
      <div className="flow-scroll" ref={view}>
        <div className="flow-canvas" style={{ width: placed.width * scale, height: placed.height * scale }}>
          <div style={{ width: placed.width, height: placed.height, transform: `scale(${scale})` }}>
            <Ways edges={placed.edges} width={placed.width} height={placed.height} chosen={focus} />
            {placed.nodes.map((node) => (
              <StepCard key={node.id} node={node} {...props} />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

function Ways({
  edges,
  width,
  height,
  chosen,
}: {
  edges: PlacedEdge[];
  width: number;
  height: number;
  chosen: string | undefined;
}) {
  const isNear = ({ from, to }: PlacedEdge) => from === chosen || to === chosen;
  return (
    <svg width={width} height={height} aria-hidden="true">
      <defs>
        {['way', 'way-near'].map((id) => (
          <marker
            key={id}
            id={id}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 L8 4 L0 8 z" />
          </marker>
        ))}
      </defs>
      {[...edges]
        .sort((a, b) => Number(isNear(a)) - Number(isNear(b)))
        .map((edge) => {
          const near = isNear(edge);
          return (
            <g key={`${edge.from} ${edge.to} ${edge.label}`} data-near={near}>
              <path d={pathOf(edge.points)} markerEnd={`url(#${near ? 'way-near' : 'way'})`} />
              {edge.at && (
                <text x={edge.at.x} y={edge.at.y + 4} textAnchor="middle">
                  <title>{edge.label}</title>
                  {shortLabel(edge.label)}
                </text>
              )}
            </g>
          );
        })}
    </svg>
  );
}

/** What a customer can say at any time that leads here. */
export const intentsTo = ({ interrupts }: FlowGraph, id: string): string[] => [
  ...new Set(interrupts.filter(({ to }) => to === id).flatMap(({ intents }) => intents)),
];

function StepCard({ node, ...props }: { node: PlacedNode } & GraphProps) {
  const count = props.counts.get(node.id);
  const intents = intentsTo(props.graph, node.id);
  const { x, y, width, height } = node;
  return (
    <button
      type="button"
      className="step-card"
      data-step={node.id}
      data-kind={node.kind}
      data-small={isPlumbing(node)}
      data-heat={count ? heat(count) : 0}
      data-start={node.id === props.graph.start}
      data-playing={node.id === props.playing}
      aria-pressed={node.id === props.chosen}
      aria-label={`${node.id}. ${stepTitle(node)}`}
      title={node.label}
      style={{ left: x, top: y, width, height }}
      onClick={() => props.onOpen(node.id)}
    >
      <span className="step-kind">
        {kindWord(node.kind)} <i>{node.id}</i>
        {props.changed.has(node.id) && <em title="Changed, not published">●</em>}
      </span>
      {intents.length > 0 && (
        <span className="step-when" title={`From anywhere: ${intents.join(', ')}`}>
          ⚡ {intents.join(', ')}
        </span>
      )}
      <span className="step-label">{node.label}</span>
      <StepFigures count={count} currency={props.currency} />
    </button>
  );
}
