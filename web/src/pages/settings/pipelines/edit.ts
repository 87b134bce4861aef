/** Changes to a pipeline that leave it whole. Pure. */
import type { Output } from '../../../api/operations.ts';

export type View = Output<'pipeline.list'>['items'][number];
export type Pipeline = View['pipeline'];
export type Stage = Pipeline['stages'][number];
export type Moment = keyof Pipeline['on'];

export const kinds = [
  { value: 'open', label: 'open' },
  { value: 'won', label: 'won' },
  { value: 'lost', label: 'lost' },
];
export const needLabels = {
  phone: 'Phone',
  email: 'E-mail',
  city: 'Area',
  product: 'Product',
  quantity: 'Quantity',
  budget: 'Budget',
  value: 'Worth of the deal',
} as const;
export const moments: { key: Moment; label: string }[] = [
  { key: 'lead.assigned', label: 'The lead gets a tele-caller' },
  { key: 'lead.reengaged', label: 'The client comes back' },
  { key: 'call.answered', label: 'A call was attended' },
  { key: 'appointment.confirmed', label: 'A demo is confirmed' },
  { key: 'appointment.completed', label: 'A demo is completed' },
];

/** `ON TRIAL` → `on-trial`, and another one where that is taken. */
export function newKey(label: string, taken: string[]): string {
  const base =
    label
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'stage';
  for (let count = 1; ; count++) {
    const key = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(key)) return key;
  }
}

export function withStage(pipeline: Pipeline, stage: Stage): Pipeline {
  const at = pipeline.stages.findIndex(({ key }) => key === stage.key);
  const stages = at < 0 ? insert(pipeline.stages, stage) : pipeline.stages.with(at, stage);
  return { ...pipeline, stages };
}

/** A new one goes before the first that closes. */
function insert(stages: Stage[], stage: Stage): Stage[] {
  const closing = stages.findIndex(({ kind }) => kind !== 'open');
  return stages.toSpliced(stage.kind === 'open' && closing >= 0 ? closing : stages.length, 0, stage);
}

/** Whatever named the stage names `heir` instead: where its leads go, all else goes too. */
export function withoutStage(pipeline: Pipeline, key: string, heir: string): Pipeline {
  const swap = (one: string) => (one === key ? heir : one);
  const swapped = (some: string[], self?: string) => [
    ...new Set(some.map(swap).filter((one) => one !== self)),
  ];
  return {
    ...pipeline,
    initial: swap(pipeline.initial),
    ...(pipeline.notAttempted && { notAttempted: swapped(pipeline.notAttempted) }),
    stages: pipeline.stages
      .filter((stage) => stage.key !== key)
      .map((stage) => ({ ...stage, to: swapped(stage.to, stage.key) })),
    on: Object.fromEntries(
      Object.entries(pipeline.on).flatMap(([moment, rule]) => {
        const to = swap(rule.to);
        const from = swapped(rule.from, to);
        return from.length ? [[moment, { from, to }]] : [];
      }),
    ),
  };
}
