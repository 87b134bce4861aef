/** From the ways that conversations took through a flow: where they stay, drop off, and what they bring. Pure. */
import type { WalkView } from '../conversations/contract.ts';
import type { FlowView } from './port.ts';

export type LeadKind = 'open' | 'won' | 'lost';
export type StepCount = {
  step: string;
  entered: number;
  passed: number;
  left: number;
  reasked: number;
  handedOver: number;
  medianSeconds?: number;
} & Outcome;
type Outcome = { leads: number; won: number; lost: number; wonValue: number; openValue: number };
type VariantCount = { step: string; name: string; conversations: number; booked: number } & Outcome;

/** A day without a word is taken as gone. */
const goneMs = 24 * 3_600_000;

export function funnelOf(
  { name, nodes }: Pick<FlowView, 'name' | 'nodes'>,
  walks: WalkView[],
  kinds: Map<string, LeadKind>,
  now: Date,
): {
  total: { left: number; handedOver: number } & Outcome;
  steps: StepCount[];
  variants: VariantCount[];
} {
  const steps = nodes.map(({ id, waits }) => countOf(name, id, waits, walks, kinds, now));
  const handedOver = walks.filter(({ steps }) =>
    Object.values(steps[name] ?? {}).some(([, , , handed]) => handed > 0),
  );
  return {
    total: {
      // A conversation is at one step: it cannot have left at two.
      left: steps.reduce((sum, { left }) => sum + left, 0),
      handedOver: handedOver.length,
      ...outcomeOf(walks, kinds),
    },
    steps,
    variants: variantsOf(name, walks, kinds),
  };
}

function countOf(
  flow: string,
  step: string,
  waits: boolean,
  walks: WalkView[],
  kinds: Map<string, LeadKind>,
  now: Date,
): StepCount {
  const here = walks.flatMap((walk) => {
    const counts = walk.steps[flow]?.[step];
    return counts ? [{ walk, counts }] : [];
  });
  const times = here.flatMap(({ counts: [, , , , seconds, waited] }) =>
    waited > 0 ? [seconds / waited] : [],
  );
  const seconds = median(times);
  return {
    step,
    entered: here.filter(({ counts: [entered] }) => entered > 0).length,
    passed: here.filter(({ counts: [, passed] }) => passed > 0).length,
    left: waits ? here.filter(({ walk }) => isLeft(walk, flow, step, now)).length : 0,
    reasked: here.reduce((sum, { counts: [, , again] }) => sum + again, 0),
    handedOver: here.filter(({ counts: [, , , handed] }) => handed > 0).length,
    ...(seconds !== undefined && { medianSeconds: Math.round(seconds) }),
    ...outcomeOf(
      here.filter(({ counts: [entered] }) => entered > 0).map(({ walk }) => walk),
      kinds,
    ),
  };
}

const isLeft = (
  { at, released, resting, heardAt, mode }: WalkView,
  flow: string,
  step: string,
  now: Date,
): boolean =>
  at?.flow === flow &&
  at.step === step &&
  mode === 'bot' &&
  !resting &&
  (released || (heardAt !== undefined && now.getTime() - Date.parse(heardAt) > goneMs));

function outcomeOf(walks: WalkView[], kinds: Map<string, LeadKind>): Outcome {
  const of = (kind: LeadKind) => walks.filter(({ leadId }) => leadId && kinds.get(leadId) === kind);
  const value = (some: WalkView[]) => some.reduce((sum, { budget = 0 }) => sum + budget, 0);
  return {
    leads: walks.filter(({ leadId }) => leadId && kinds.has(leadId)).length,
    won: of('won').length,
    lost: of('lost').length,
    wonValue: value(of('won')),
    openValue: value(of('open')),
  };
}

/** Each way of an A/B step, by what came of those who took it. */
function variantsOf(flow: string, walks: WalkView[], kinds: Map<string, LeadKind>): VariantCount[] {
  const taken = Map.groupBy(
    walks.flatMap((walk) =>
      Object.entries(walk.variants).flatMap(([key, name]) =>
        key.startsWith(`${flow}.`) ? [{ step: key.slice(flow.length + 1), name, walk }] : [],
      ),
    ),
    ({ step, name }) => `${step} ${name}`,
  );
  return [...taken.values()].map((group) => {
    const own = group.map(({ walk }) => walk);
    return {
      step: group[0]!.step,
      name: group[0]!.name,
      conversations: own.length,
      booked: own.filter(({ booked }) => booked).length,
      ...outcomeOf(own, kinds),
    };
  });
}

function median(values: number[]): number | undefined {
  if (!values.length) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
