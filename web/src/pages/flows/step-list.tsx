/** The flow on a telephone: its steps one below the other, what goes on behind them made small. */
import { type GraphProps, intentsTo } from './flow-graph.tsx';
import { isPlumbing } from './layout.ts';
import { heat, StepFigures } from './step-figures.tsx';
import { kindWord } from './words.ts';

export function StepList({ graph, counts, currency, changed, onOpen }: GraphProps) {
  const order = [...graph.nodes].sort((a, b) => Number(b.id === graph.start) - Number(a.id === graph.start));
  return (
    <ol className="step-list" aria-label="The steps of the flow">
      {order.map((node) => {
        const count = counts.get(node.id);
        const intents = intentsTo(graph, node.id);
        const ways = graph.edges.filter(({ from, label }) => from === node.id && label);
        return (
          <li key={node.id}>
            <button
              type="button"
              className="step-card"
              data-kind={node.kind}
              data-small={isPlumbing(node)}
              data-heat={count ? heat(count) : 0}
              onClick={() => onOpen(node.id)}
            >
              <span className="step-kind">
                {kindWord(node.kind)} <i>{node.id}</i>
                {changed.has(node.id) && <em title="Changed, not published">●</em>}
              </span>
              {intents.length > 0 && <span className="step-when">⚡ {intents.join(', ')}</span>}
              <span className="step-label">{node.label}</span>
              {ways.length > 0 && !isPlumbing(node) && (
                <span className="step-ways">
                  {ways.map(({ label, to }) => `${label} → ${to}`).join(' · ')}
                </span>
              )}
              <StepFigures count={count} currency={currency} />
            </button>
          </li>
        );
      })}
    </ol>
  );
}
