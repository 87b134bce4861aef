/** Connecting a channel account from the console: the guide, and what is entered in it. */
import type { AccountConfig, Config, SettingSlot } from '../../core/config.ts';
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import type { Guide, GuideField, GuidePlace } from '../../core/guide.ts';
import { baseOf, webhookOf } from './addresses.ts';
import { channelsReloaded } from './contract-channels.ts';
import { connectChannel, guideChannel } from './contract-connect.ts';
import { keptVariables, sealed } from './kept.ts';
import { ChannelVariableModel } from './model.ts';

/** @returns undefined where a channel has nothing to say. */
export type GuideOf = (channel: string, place: GuidePlace) => Promise<Guide | undefined>;

type Place = { channel: string; account: string };

export const connectHandlers = (guideOf: GuideOf) => [
  handles(guideChannel, async (ctx, place) => {
    const account = accountOf(ctx.config, place);
    const { intro, steps } = await guideFor(ctx, place, guideOf);
    const kept = await ChannelVariableModel.find().lean();
    const isCalled = JSON.stringify(steps).includes(webhookOf(ctx.config, place.channel, place.account));
    const unreachable = isCalled ? whyUnreachable(baseOf(ctx.config)) : undefined;
    return {
      intro,
      ...(unreachable && { unreachable }),
      steps: steps.map(({ title, lines, links = [], copies = [], fields = [] }) => ({
        title,
        lines,
        links,
        copies,
        // What the account's settings do not speak of cannot be set here.
        fields: fields
          .filter(({ path }) => slotOf(account, path) || valueAt(account.settings, path) !== undefined)
          .map((field) => {
            const slot = slotOf(account, field.path);
            const own = slot?.from === 'console' ? kept.find(({ _id }) => _id === slot.name) : undefined;
            return { ...shown(field, account, slot), ...(own && { by: own.by, at: own.at.toISOString() }) };
          }),
      })),
    };
  }),
  handles(connectChannel, async (ctx, { values, keepOld, ...place }) => {
    const account = accountOf(ctx.config, place);
    const guide = await guideFor(ctx, place, guideOf);
    const fields = guide.steps.flatMap((step) => step.fields ?? []);
    const given = Object.entries(values).map(([path, value]) => ({
      ...settable(account, fields, path),
      value,
    }));
    secretsComeAlong(account, fields, given);
    const old = keepOld ? await keptVariables(ctx.config) : {};
    for (const { field, slot, value } of given) {
      if (!value) {
        await ChannelVariableModel.deleteOne({ _id: slot.name });
        continue;
      }
      const [before] = field.rotates ? (old[slot.name] ?? '').split(',') : [];
      const both = before && before !== value ? `${value},${before}` : value;
      const made = { sealed: sealed(ctx.config.secret, slot.name, both), by: ctx.actor.name, at: ctx.now() };
      await ChannelVariableModel.updateOne({ _id: slot.name }, { $set: made }, { upsert: true });
    }
    const set = given.map(({ slot }) => slot.name);
    ctx.audit({
      kind: 'Setting',
      id: `${place.channel}:${place.account}`,
      text: `set ${given.map(({ field }) => field.label).join(', ')}`,
    });
    ctx.emit(channelsReloaded, {});
    return { set };
  }),
];

function accountOf(config: Config, { channel, account }: Place): AccountConfig {
  const found = config.accounts.find((one) => one.channel === channel && one.id === account);
  if (!found) throw new AppError('channel.unknown', { channel, account });
  return found;
}

async function guideFor({ config }: Context, { channel, account }: Place, guideOf: GuideOf): Promise<Guide> {
  const { settings } = accountOf(config, { channel, account });
  const webhook = webhookOf(config, channel, account);
  const guide = await guideOf(channel, { account, settings, publicUrl: baseOf(config), webhook });
  return guide ?? { intro: 'This channel needs nothing.', steps: [] };
}

const slotOf = ({ slots = [] }: AccountConfig, path: string): SettingSlot | undefined =>
  slots.find((slot) => slot.path === path);

function shown(field: GuideField, account: AccountConfig, slot: SettingSlot | undefined) {
  const { path, label, hint, options } = field;
  const current = valueAt(account.settings, path);
  const from = slot ? slot.from : current === undefined ? undefined : ('file' as const);
  return {
    path,
    label,
    ...(hint && { hint }),
    ...(options && { options }),
    secret: field.secret ?? false,
    rotates: field.rotates ?? false,
    made: field.made ?? false,
    optional: field.optional ?? false,
    ...(from && { from }),
    ...(!field.secret && current !== undefined && current !== '' && { value: String(current) }),
  };
}

function settable(account: AccountConfig, fields: GuideField[], path: string) {
  const field = fields.find((one) => one.path === path);
  const slot = slotOf(account, path);
  if (!field || !slot) throw refused(path, 'is not set here, but in config/channels.yaml');
  if (slot.from === 'environment') throw refused(path, `is set by ${slot.name} of the environment`);
  return { field, slot };
}

/** Nobody learns a secret by having it sent elsewhere: with another place the secrets are given again. */
function secretsComeAlong(
  account: AccountConfig,
  fields: GuideField[],
  given: { field: GuideField; value: string }[],
): void {
  const moved = given.find(
    ({ field, value }) => field.place && value !== String(valueAt(account.settings, field.path) ?? ''),
  );
  if (!moved) return;
  const missing = fields.find(
    ({ path, secret }) =>
      secret && slotOf(account, path)?.from && !given.some((one) => one.field.path === path && one.value),
  );
  if (missing) throw refused(missing.path, `has to be given again when ${moved.field.label} changes`);
}

const refused = (path: string, message: string): AppError =>
  new AppError('input.invalid', { problems: `${path} ${message}`, fields: [{ path, message }] });

const valueAt = (settings: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], settings);

/** Providers call public https addresses only. */
function whyUnreachable(base: string): string | undefined {
  const { protocol, hostname } = new URL(base);
  if (protocol === 'https:' && !/^(localhost|127\.|10\.|192\.168\.|\[)/.test(hostname)) return undefined;
  return `Parley is reached at ${base}, which no provider can call. Set PUBLIC_URL to a public https address and start again; what needs no call from outside works without.`;
}
