/** What a change of the pipeline asks for. Pure. */
import type { Pipeline } from '../../core/config-pipelines.ts';
import type { Problem } from '../../core/errors.ts';

type Kind = Pipeline['stages'][number]['kind'];
const kindWords: Record<Kind, string> = { open: 'an open', won: 'a won', lost: 'a lost' };

/** What a pipeline must have beside what its schema asks for, so that leads can be worked in it. */
export function faultsOf({ stages, lostReasons }: Pipeline): Problem[] {
  const faults: Problem[] = [];
  for (const kind of ['open', 'won', 'lost'] as const)
    if (!stages.some((stage) => stage.kind === kind))
      faults.push({ path: 'pipeline.stages', message: `needs ${kindWords[kind]} stage` });
  if (!lostReasons.some(({ retired }) => !retired))
    faults.push({ path: 'pipeline.lostReasons', message: 'needs at least one reason' });
  for (const [at, { to, label, kind }] of stages.entries())
    if (kind === 'open' && !to.length)
      faults.push({ path: `pipeline.stages.${at}.to`, message: `nothing follows ${label}` });
  return faults;
}

/** Reasons that are gone stay with their names, for the leads that were lost for them. */
export function withRetired(next: Pipeline, before: Pipeline | undefined): Pipeline {
  const kept = new Set(next.lostReasons.map(({ key }) => key));
  const gone = (before?.lostReasons ?? []).filter(({ key }) => !kept.has(key));
  const retired = gone.map(({ key, label }) => ({ key, label, retired: true as const }));
  return { ...next, lostReasons: [...next.lostReasons, ...retired] };
}

export type Move = { from: string; to: string; fromLabel: string; toLabel: string; total: number };

/**
 * Which leads have to move when `before` becomes `next`, and what stands against it. A stage's leads go where they are
 * as open, won or lost as they were: nothing is closed or opened again by a change of the settings.
 * @param leads how many are in each stage
 */
export function movesFor(
  before: Pipeline,
  next: Pipeline,
  wanted: Record<string, string>,
  leads: Record<string, number>,
): { moves: Move[]; faults: Problem[] } {
  const moves: Move[] = [];
  const faults: Problem[] = [];
  for (const { key, label, kind } of before.stages) {
    const total = leads[key] ?? 0;
    const same = next.stages.find((stage) => stage.key === key);
    if (same) {
      if (same.kind !== kind && total)
        faults.push({
          path: `stages.${key}`,
          message: `${label} has ${counted(total)}: it cannot become ${kindWords[same.kind]} stage`,
        });
      continue;
    }
    const chosen = wanted[key];
    const to = chosen
      ? next.stages.find((stage) => stage.key === chosen)
      : total
        ? undefined
        : usual(next, kind);
    if (to && to.kind === kind)
      moves.push({ from: key, to: to.key, fromLabel: label, toLabel: to.label, total });
    else if (to || chosen)
      faults.push({
        path: `moves.${key}`,
        message: `${label} is ${kindWords[kind]} stage: choose one of these`,
      });
    else if (total)
      faults.push({ path: `moves.${key}`, message: `${label} has ${counted(total)}: say where they go` });
  }
  return { moves, faults };
}

/** For whatever arrives there in the very moment of the change. */
const usual = (pipeline: Pipeline, kind: Kind) =>
  pipeline.stages.find((stage) => (kind === 'open' ? stage.key === pipeline.initial : stage.kind === kind));

const counted = (total: number): string => `${total} lead${total === 1 ? '' : 's'}`;
