/** A flow drawn: steps as nodes, ways as edges, each with words for people. */
import type { FlowEdge, FlowNode, FlowView } from '../../domain/flows/contract.ts';
import { textKeys } from '../check.ts';
import { type Flow, following, type Interrupt, type Step } from '../definition.ts';
import { structureOf } from './assemble.ts';

/** @param products the catalogue's, where a step offers them */
export function viewOf(flow: Flow, products: string[]): FlowView {
  return {
    name: flow.name,
    title: flow.title,
    version: flow.version,
    start: flow.start,
    nodes: flow.steps.map((step) => nodeOf(flow, step, products)),
    edges: flow.steps.flatMap((step) => edgesOf(flow, step)),
    slots: Object.entries(flow.slots).map(([name, { type, label }]) => ({ name, type, label })),
    interrupts: flow.on.map(interruptOf),
    texts: textsOf(flow),
    structure: structureOf(flow),
  };
}

const waiting = new Set(['ask', 'choose', 'wait', 'handoff', 'rest']);

function nodeOf(flow: Flow, step: Step, products: string[]): FlowNode {
  const texts = [
    ...textKeys({ ...flow, slots: ownSlots(flow, step), on: [], watch: [], steps: [step] }, []),
  ].map(([key]) => key);
  return {
    id: step.id,
    kind: step.kind,
    label: labelOf(flow, step, texts),
    texts,
    choices: choicesOf(flow, step, products),
    waits: waiting.has(step.kind),
    ...(step.kind === 'ask' && { slot: step.ask }),
  };
}
function choicesOf(flow: Flow, step: Step, products: string[]): FlowNode['choices'] {
  const keyed = (labels: { label: string }[]) =>
    labels.map(({ label: key }) => ({ label: flow.texts.en?.[key]?.[0] ?? key, key }));
  if (step.kind === 'choose') return keyed(step.options);
  if (step.kind !== 'ask' || !step.choices) return [];
  return step.choices === 'products' ? products.map((label) => ({ label })) : keyed(step.choices);
}
const ownSlots = (flow: Flow, step: Step): Flow['slots'] =>
  step.kind === 'ask' && flow.slots[step.ask] ? { [step.ask]: flow.slots[step.ask]! } : {};

function labelOf(flow: Flow, step: Step, texts: string[]): string {
  const wording = (key: string) => flow.texts.en?.[key]?.[0];
  const first = texts.map(wording).find((words) => words !== undefined);
  switch (step.kind) {
    case 'ask':
      return wording(`${step.text}.ask`) ?? first ?? step.ask;
    case 'run':
      return step.run;
    case 'call':
      return `flow ${step.call}`;
    case 'branch':
      return step.branch.map(({ when }) => when).join(' / ');
    case 'split':
      return step.split.map(({ name, share }) => `${name} ${share}`).join(' / ');
    case 'wait':
      return [step.wait, step.event].filter(Boolean).join(' or ');
    case 'send':
      return step.send;
    case 'clear':
      return step.clear.join(', ');
    case 'set':
      return Object.keys(step.set).join(', ');
    case 'goto':
      return step.goto;
    case 'return':
      return 'back to the flow that called';
    default:
      return first ?? step.kind;
  }
}

/** Every way out of a step, with what leads there; the plain way on has no words. */
function edgesOf(flow: Flow, step: Step): FlowEdge[] {
  const next = following(flow, step);
  const edge = (to: string | undefined, label = ''): FlowEdge[] =>
    to === undefined ? [] : [{ from: step.id, to, label }];
  const wording = (key: string) => flow.texts.en?.[key]?.[0] ?? key;
  const unless = step.when === undefined ? [] : edge(next, `unless ${step.when}`);
  switch (step.kind) {
    case 'goto':
      return edge(step.goto);
    case 'rest':
    case 'return':
      return unless;
    case 'handoff':
      return step.next ? edge(step.next, 'handed back') : unless;
    case 'choose':
      return [...step.options.flatMap(({ goto, label }) => edge(goto, wording(label))), ...unless];
    case 'branch':
      return [
        ...step.branch.flatMap(({ when, goto }) => edge(goto, when)),
        ...edge(step.else ?? next, 'else'),
      ];
    case 'split':
      return [...step.split.flatMap(({ name, goto }) => edge(goto, name)), ...unless];
    case 'run':
      return [...edge(next), ...Object.entries(step.onError).flatMap(([code, to]) => edge(to, code))];
    case 'ask':
      return [...edge(next), ...(step.refuse ? edge(step.refuse, 'would rather not say') : [])];
    case 'wait':
      return [...edge(next, step.event ?? ''), ...(step.timeout ? edge(step.timeout, 'time over') : [])];
    default:
      return edge(next);
  }
}

function interruptOf({ intents, when, say, send, goto, call, handoff }: Interrupt) {
  const does = [
    say && `says ${say}`,
    send && `sends ${send}`,
    call && `goes through ${call}`,
    handoff && 'hands over',
  ];
  return {
    intents,
    does: does.filter(Boolean).join(', ') || (goto ? 'goes on there' : 'notes it'),
    ...(when && { when }),
    ...(goto && { to: goto }),
  };
}

/** The wordings of what the flow can say, the engine's own among them. */
function textsOf(flow: Flow): FlowView['texts'] {
  const keys = [...textKeys(flow).keys()];
  return Object.fromEntries(
    Object.entries(flow.texts).map(([locale, texts]) => [
      locale,
      Object.fromEntries(keys.flatMap((key) => (texts[key] ? [[key, texts[key]]] : []))),
    ]),
  );
}
