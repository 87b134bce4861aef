import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { sealFor } from '../../../core/seal.ts';
import { sourceLabel } from '../../settings/contract.ts';
import { createSource, renewSecret, updateSource, withdrawSecret } from '../contract.ts';
import { type SourceDocument, SourceModel } from '../model.ts';
import { newGoogleKey, newSecret } from '../signature.ts';
import { presentSource } from '../view.ts';

export const createSourceHandler = handles(createSource, async (ctx, { name, kind, source }) => {
  const _id = ctx.id();
  const isGoogle = kind === 'google';
  const secret = isGoogle ? newGoogleKey() : newSecret();
  const made: SourceDocument = {
    _id,
    kind,
    name,
    source: sourceLabel(source ?? (isGoogle ? 'Google' : name)),
    medium: isGoogle ? 'lead form' : 'api',
    mapping: [],
    keepRest: true,
    answers: true,
    isOn: true,
    secrets: [sealed(ctx, _id, secret)],
    createdAt: ctx.now(),
  };
  await SourceModel.create([made]);
  ctx.audit({ kind: 'Setting', id: `source:${_id}`, text: `leads come in from ${name}` });
  return { source: presentSource(made, ctx.config), secret };
});

export const updateSourceHandler = handles(updateSource, async (ctx, { sourceId, ...changes }) => {
  const before = await load(sourceId);
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<SourceDocument>;
  if (given.source) given.source = sourceLabel(given.source);
  const after = { ...before, ...given };
  await SourceModel.updateOne({ _id: sourceId }, { $set: given });
  const was = Object.fromEntries(
    Object.keys(given).map((key) => [key, before[key as keyof SourceDocument] ?? null]),
  );
  ctx.audit({
    kind: 'Setting',
    id: `source:${sourceId}`,
    before: was,
    after: given as Record<string, unknown>,
    text: `how leads of ${before.name} are read`,
  });
  return { source: presentSource(after, ctx.config) };
});

/** Two valid ones at most: of the older ones only the latest stays, for as long as the sender needs to take up the new one. */
export const renewSecretHandler = handles(renewSecret, async (ctx, { sourceId }) => {
  const before = await load(sourceId);
  const secret = before.kind === 'google' ? newGoogleKey() : newSecret();
  const secrets = [sealed(ctx, sourceId, secret), ...before.secrets.slice(0, 1)];
  await SourceModel.updateOne({ _id: sourceId }, { $set: { secrets } });
  ctx.audit({ kind: 'Setting', id: `source:${sourceId}`, text: `a new secret for ${before.name}` });
  return { source: presentSource({ ...before, secrets }, ctx.config), secret };
});

export const withdrawSecretHandler = handles(withdrawSecret, async (ctx, { sourceId }) => {
  const before = await load(sourceId);
  const secrets = before.secrets.slice(0, 1);
  await SourceModel.updateOne({ _id: sourceId }, { $set: { secrets } });
  ctx.audit({
    kind: 'Setting',
    id: `source:${sourceId}`,
    text: `the old secret of ${before.name} withdrawn`,
  });
  return { source: presentSource({ ...before, secrets }, ctx.config) };
});

const sealed = (ctx: Context, sourceId: string, secret: string) => ({
  sealed: sealFor(ctx.config.secret, `source:${sourceId}`).close(secret),
  madeAt: ctx.now(),
});

export async function load(sourceId: string): Promise<SourceDocument> {
  const found = await SourceModel.findById(sourceId).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'lead source', id: sourceId });
  return found;
}
