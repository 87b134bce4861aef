/** A lead pipeline as data: config/pipelines/*.yaml, and what is made of it in the console. */
import { z } from 'zod';

/** What moves a lead by itself. */
export const leadMoments = [
  'lead.assigned',
  'lead.reengaged',
  'call.answered',
  'appointment.confirmed',
  'appointment.completed',
] as const;
/** What a stage may ask for before somebody moves a lead there. */
export const neededFields = ['phone', 'email', 'city', 'product', 'quantity', 'budget', 'value'] as const;
export type NeededField = (typeof neededFields)[number];

const key = z.string().min(1).max(60);
const label = z.string().trim().min(1).max(80);

export const pipelineSchema = z
  .object({
    name: key,
    label,
    initial: z.string(),
    /** Stages in which nobody has reached the client yet; absent: the initial one. */
    notAttempted: z.array(z.string()).min(1).optional(),
    stages: z
      .array(
        z.object({
          key,
          label,
          to: z.array(z.string()),
          kind: z.enum(['open', 'won', 'lost']).default('open'),
          /** What brought a lead here, for help texts. */
          when: z.string().max(500).optional(),
          /** A person moves a lead here only with these known; what moves it by itself has happened and asks nothing. */
          needs: z.array(z.enum(neededFields)).optional(),
        }),
      )
      .min(1)
      .max(60),
    lostReasons: z
      .array(
        z.object({
          key,
          label,
          /** Not offered any more; leads that were lost for it keep its name. */
          retired: z.literal(true).optional(),
        }),
      )
      .max(200),
    /** `call.answered: { from: [not-attempted], to: follow-up }`: only from these stages. */
    on: z
      .partialRecord(z.enum(leadMoments), z.object({ from: z.array(z.string()), to: z.string() }))
      .default({}),
  })
  .superRefine(({ initial, notAttempted = [], stages, lostReasons, on }, check) => {
    const fault = (path: (string | number)[], message: string) =>
      check.addIssue({ code: 'custom', path, message });
    const known = new Set(stages.map((stage) => stage.key));
    const named: [string, string][] = [
      ['initial', initial],
      ...notAttempted.map((stage): [string, string] => ['notAttempted', stage]),
      ...stages.flatMap((stage) => stage.to.map((to): [string, string] => [`stages.${stage.key}.to`, to])),
      ...Object.entries(on).flatMap(([moment, rule]) =>
        [...rule!.from, rule!.to].map((stage): [string, string] => [`on.${moment}`, stage]),
      ),
    ];
    for (const [where, stage] of named)
      if (stage !== '*' && !known.has(stage))
        fault(where.split('.'), `${stage} is no stage of this pipeline`);
    for (const [field, items] of Object.entries({ stages, lostReasons })) {
      const twice = items.find((item, at) => items.findIndex((other) => other.key === item.key) !== at);
      if (twice) fault([field], `${twice.key} is there twice`);
    }
    const first = stages.find((stage) => stage.key === initial);
    if (first && first.kind !== 'open') fault(['initial'], `${first.label} is no open stage`);
  });
export type Pipeline = z.output<typeof pipelineSchema>;
