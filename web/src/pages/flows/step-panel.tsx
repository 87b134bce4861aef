/** The chosen step: what it does, where it leads, what happens at it, and its texts. */
import { useState } from 'react';
import { Facts } from '../../shared/facts.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { LocalePick } from './locale-pick.tsx';
import { TextEditor } from './text-editor.tsx';
import type { FlowGraph, FlowNode, Funnel, StepCount } from './types.ts';
import { duration, kindWord, money } from './words.ts';

export function StepPanel({
  node,
  graph,
  count,
  funnel,
  onOpen,
}: {
  node: FlowNode | undefined;
  graph: FlowGraph;
  count: StepCount | undefined;
  funnel: Funnel | undefined;
  onOpen: (id: string) => void;
}) {
  const [locale, setLocale] = useState(Object.keys(graph.texts)[0] ?? 'en');
  if (!node)
    return (
      <Nothing title="Choose a step" hint="Its texts, its numbers and where it leads stand here then." />
    );
  const ways = graph.edges.filter(({ from }) => from === node.id);
  const labels = node.choices.map(({ label, key }) => (key && graph.texts[locale]?.[key]?.[0]) || label);
  const keyed = new Set(node.choices.map(({ key }) => key));
  return (
    <div className="step-panel">
      <h2>
        {kindWord(node.kind)} <span className="number">{node.id}</span>
      </h2>
      {node.texts.length === 0 && <p className="step-code">{node.label}</p>}
      {count && count.entered > 0 && (
        <Facts
          facts={[
            ['Came here', count.entered],
            ['Went on', percent(count.passed, count.entered)],
            ['Left here', node.waits && percent(count.left, count.entered)],
            ['Asked again', node.waits && `${count.reasked} times`],
            ['Handed over', percent(count.handedOver, count.entered)],
            ['Median time', count.medianSeconds !== undefined && duration(count.medianSeconds)],
            ['Leads', count.leads > 0 && `${count.leads}, ${count.won} won, ${count.lost} lost`],
            ['Won value', funnel && count.leads > 0 && money(count.wonValue, funnel.currency)],
            ['Open value', funnel && count.openValue > 0 && money(count.openValue, funnel.currency)],
          ]}
        />
      )}
      {ways.length > 0 && (
        <ul className="step-next" aria-label="Where it leads">
          {ways.map(({ to, label }) => (
            <li key={`${to} ${label}`}>
              <button type="button" onClick={() => onOpen(to)}>
                → {to}
              </button>
              {label && <code>{label}</code>}
            </li>
          ))}
        </ul>
      )}
      {node.texts.length > 0 && (
        <>
          <LocalePick graph={graph} value={locale} onChange={setLocale} />
          {node.texts.map((key) => (
            <TextEditor
              key={`${locale} ${key}`}
              flow={graph.name}
              locale={locale}
              textKey={key}
              wordings={graph.texts[locale]?.[key] ?? []}
              labels={keyed.has(key) ? [] : labels}
              isLabel={keyed.has(key)}
            />
          ))}
        </>
      )}
    </div>
  );
}

const percent = (some: number, all: number) => `${some} (${Math.round((some / all) * 100)} %)`;
