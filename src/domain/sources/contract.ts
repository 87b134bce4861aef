import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { verdict } from '../enquiries/contract.ts';
import { targetLabels, targets } from '../imports/contract.ts';

/** `google`: Google Ads' lead forms, by their own webhook. `api`: whoever signs what they send. */
export const sourceKinds = ['google', 'api'] as const;
export const sourceKind = z.enum(sourceKinds);
export type SourceKind = z.output<typeof sourceKind>;

/** What a field of theirs can be; whose lead it becomes is ours to say. */
export const sourceTargets = targets.filter((target) => target !== 'assignee');
export { targetLabels as sourceTargetLabels };

/** Their field, as they name it (`customer.phone`), and what it is here; `null`: it is left out. */
const mapped = z.object({ from: z.string().min(1).max(200), to: z.enum(targets).nullable() });

const sourceSettings = z.object({
  name: text(80),
  /** What the enquiries say of where they come from. */
  source: text(80),
  medium: text(80),
  campaign: text(200).optional(),
  /** Fields that are not named here are recognised by their names. */
  mapping: z.array(mapped).max(100).default([]),
  /** What is neither named nor recognised stands in the note. */
  keepRest: z.boolean().default(true),
  /** Who left a number or an address is written to at once, on WhatsApp or by mail. */
  answers: z.boolean().default(true),
  isOn: z.boolean().default(true),
});

export const sourceView = sourceSettings.extend({
  id: z.string(),
  kind: sourceKind,
  address: z.string(),
  /** When each valid secret was made, the newest first; the secrets themselves are shown once only. */
  secrets: z.array(z.object({ madeAt: z.string() })),
  lastAt: z.string().optional(),
  /** The last request that was turned away before it was read. */
  fault: z.object({ at: z.string(), words: z.string() }).optional(),
});
export type SourceView = z.output<typeof sourceView>;

const byId = z.object({ sourceId: z.string().max(40) });
const read = { action: 'read', subject: 'Setting' } as const;
const update = { action: 'update', subject: 'Setting' } as const;

export const listSources = defineQuery({
  name: 'source.list',
  summary: 'Where leads come in by themselves: Google’s forms, portals, other programs',
  permission: read,
  path: '/sources',
  input: z.object({}),
  output: z.object({ items: z.array(sourceView) }),
});
export const getSource = defineQuery({
  name: 'source.get',
  summary: 'One source, and the fields that it has sent',
  permission: read,
  path: '/sources/:sourceId',
  input: byId,
  output: sourceView.extend({
    fields: z.array(
      z.object({
        from: z.string(),
        to: z.enum(targets).nullable(),
        /** Set to be left out, also of the note. */
        out: z.boolean(),
        example: z.string().optional(),
      }),
    ),
    targets: z.array(z.object({ target: z.enum(targets), label: z.string() })),
  }),
});

const shownOnce = z.object({ source: sourceView, secret: z.string() });
export const createSource = defineCommand({
  name: 'source.create',
  summary: 'Let leads come in from somewhere; answers the address and the secret, which is shown this once',
  permission: update,
  input: z.object({ name: text(80), kind: sourceKind, source: text(80).optional() }),
  output: shownOnce,
  secret: ['secret'],
});
export const updateSource = defineCommand({
  name: 'source.update',
  summary: 'Change how a source’s leads are read',
  permission: update,
  input: byId.extend(sourceSettings.partial().shape),
  output: z.object({ source: sourceView }),
});
export const renewSecret = defineCommand({
  name: 'source.renewSecret',
  summary: 'A new secret for a source; the old one stays valid until it is withdrawn',
  permission: update,
  input: byId,
  output: shownOnce,
  secret: ['secret'],
});
export const withdrawSecret = defineCommand({
  name: 'source.withdrawSecret',
  summary: 'From now on only the newest secret of a source is valid',
  permission: update,
  input: byId,
  output: z.object({ source: sourceView }),
});

const fault = z.object({ field: z.string(), message: z.string() });
const deliveryRow = z.object({
  n: z.number(),
  outcome: z.enum(['accepted', 'repeated', 'refused', 'test']),
  /** What it was read as, by label. */
  read: z.array(z.object({ label: z.string(), value: z.string() })),
  errors: z.array(fault),
  verdict: verdict.optional(),
  verdictLabel: z.string().optional(),
  lead: z.object({ id: z.string(), number: z.number() }).optional(),
});
export const deliveryView = z.object({
  id: z.string(),
  at: z.string(),
  outcome: z.enum(['accepted', 'partly', 'refused', 'test']),
  rows: z.array(deliveryRow),
});
export const listDeliveries = defineQuery({
  name: 'source.deliveries',
  summary: 'What a source has delivered, newest first, and what became of it',
  permission: read,
  path: '/sources/:sourceId/deliveries',
  input: byId.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.object({ items: z.array(deliveryView) }),
});
export const testSource = defineCommand({
  name: 'source.test',
  summary: 'Reads a sample as if the source had sent it; nothing is recorded',
  permission: update,
  input: byId.extend({
    /** As they would send it; absent: a made-up one. */
    payload: z.record(z.string(), z.unknown()).optional(),
  }),
  output: z.object({ delivery: deliveryView }),
});
export const replayDelivery = defineCommand({
  name: 'source.replay',
  summary: 'Reads a delivery’s refused rows again, by what is set now',
  permission: update,
  input: z.object({ deliveryId: z.string().max(40) }),
  output: z.object({ delivery: deliveryView }),
});

/** A website's form is read, and goes on, as what others send. */
export { type Answerers, answerersOf, leadEvent } from './event.ts';
export { readLead } from './read.ts';

/** The HTTP surface’s way in. */
export type IntakeRequest = { headers: Record<string, string | undefined>; body: Buffer };
export type IntakeAnswer = {
  deliveryId: string;
  accepted: number;
  repeated: number;
  refused: number;
  results: { row: number; outcome: string; errors?: { field: string; message: string }[] }[];
};
export type LeadIntake = {
  /** @throws AppError record.not_found, auth.bad_signature, rate.limited, input.malformed, input.invalid */
  receive(sourceId: string, request: IntakeRequest): Promise<IntakeAnswer>;
};
