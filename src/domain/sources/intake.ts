/**
 * The way in of leads that others send: verified over the raw bytes, read, durable, and only then acknowledged. What could
 * not be read is kept, too, with the reasons, and can be read again when the mapping was mended.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import type { Ids } from '../../core/ids.ts';
import { createLimiter } from '../../core/limiter.ts';
import { sealFor } from '../../core/seal.ts';
import { isSame } from '../../core/signing.ts';
import type { IntakeAnswer, IntakeRequest, LeadIntake } from './contract.ts';
import { type Accept, takeRows } from './deliver.ts';
import { type DeliveryDocument, DeliveryModel, type SourceDocument, SourceModel } from './model.ts';
import { googleKeyOf, readPayload } from './payload.ts';
import { problemWith } from './signature.ts';

export function createLeadIntake(deps: {
  config: Config;
  clock: Clock;
  ids: Ids;
  accept: Accept;
}): LeadIntake {
  const { config, clock, ids } = deps;
  const requests = createLimiter({ max: 100, perMs: 10_000, clock });

  async function receive(sourceId: string, request: IntakeRequest): Promise<IntakeAnswer> {
    const source = await SourceModel.findOne({ _id: sourceId, isOn: true }).lean();
    if (!source) throw new AppError('record.not_found', { kind: 'lead source', id: sourceId });
    const waitMs = requests.take(sourceId);
    if (waitMs) throw new AppError('rate.limited', { seconds: Math.ceil(waitMs / 1000) });
    try {
      return answerOf(await take(source, request));
    } catch (error) {
      await note(source, error as Error);
      throw error;
    }
  }

  async function take(source: SourceDocument, { headers, body }: IntakeRequest): Promise<DeliveryDocument> {
    const seal = sealFor(config.secret, `source:${source._id}`);
    const secrets = source.secrets.map(({ sealed }) => seal.open(sealed));
    const payload = verified(source, { headers, body }, secrets);
    const given = headers['webhook-id'] ?? '';
    const { id, isTest, rows } = readPayload(source.kind, payload, given);
    const key = `${source._id}:${id}`;
    const bodyHash = createHash('sha256').update(body).digest('base64url');
    const before = await DeliveryModel.findOne({ key }).lean();
    if (before) return sameAs(before, bodyHash, source);
    const taken = await takeRows(rows, {
      source,
      deliveryKey: id,
      isTest,
      config,
      now: clock.now(),
      accept: deps.accept,
    });
    const delivery: DeliveryDocument = {
      _id: ids.next(),
      sourceId: source._id,
      key,
      bodyHash,
      at: clock.now(),
      ...taken,
    };
    try {
      await DeliveryModel.collection.insertOne(delivery as never);
    } catch (error) {
      // Sent twice at the same time: the other one's answer is this one's, too.
      if ((error as { code?: number }).code !== 11000) throw error;
      return (await DeliveryModel.findOne({ key }).lean())!;
    }
    await SourceModel.updateOne({ _id: source._id }, { $set: { lastAt: clock.now() }, $unset: { fault: 1 } });
    return delivery;
  }

  function verified(source: SourceDocument, { headers, body }: IntakeRequest, secrets: string[]): unknown {
    if (source.kind === 'api') {
      const problem = problemWith(headers, body, secrets, clock.now());
      if (problem) throw new AppError('auth.bad_signature', { problem });
      return json(body);
    }
    const payload = json(body);
    const key = googleKeyOf(payload);
    if (secrets.some((secret) => isSame(key, secret))) return payload;
    throw new AppError('auth.bad_signature', { problem: 'google_key is not the key of this source' });
  }

  /** What was turned away, in words, for the console; of strangers nothing else is kept. */
  async function note({ _id }: SourceDocument, error: Error): Promise<void> {
    const details = (error as AppError).details as { problem?: string } | undefined;
    const words = [error.message, details?.problem].filter(Boolean).join(' ').slice(0, 300);
    await SourceModel.updateOne({ _id }, { $set: { fault: { at: clock.now(), words } } });
  }

  return { receive };
}

/** Google sends a lead again with a body that is not the same to the letter; whoever names deliveries may not. */
function sameAs(before: DeliveryDocument, bodyHash: string, { kind }: SourceDocument): DeliveryDocument {
  if (kind === 'google' || before.bodyHash === bodyHash) return before;
  throw new AppError('input.invalid', {
    problems: 'webhook-id: was used for another delivery',
    fields: [{ path: 'webhook-id', message: 'was used for another delivery' }],
  });
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('input.malformed', { problem: 'the body is not JSON' });
  }
}

function answerOf({ _id, rows }: DeliveryDocument): IntakeAnswer {
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  return {
    deliveryId: _id,
    accepted: count('accepted') + count('test'),
    repeated: count('repeated'),
    refused: count('refused'),
    results: rows.map(({ n, outcome, errors }) => ({
      row: n,
      outcome,
      ...(errors.length && { errors }),
    })),
  };
}
