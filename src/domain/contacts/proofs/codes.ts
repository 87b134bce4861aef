import { customerAccount, mailAccount } from '../../../core/config.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { isSame } from '../../../core/signing.ts';
import { addMinutes } from '../../../core/zone.ts';
import { deliverNotice, proveIdentity } from '../../conversations/contract.ts';
import { normalEmail, normalPhone } from '../addresses.ts';
import { confirmCode, sendCode } from '../contract.ts';
import { CodeModel } from './model.ts';
import { codeMinutes, codeWords, hashOf, hidden, maxAnHour, maxTries, newCode } from './rules.ts';

type Place = { channel: string; account: string; thread: string };
const placeOf = ({ channel, account, thread }: Place): string => `${channel}:${account}:${thread}`;

export const sendCodeHandler = handles(sendCode, async (ctx, { phone, email, language, ...at }) => {
  const address = addressOf(ctx, phone, email);
  if (!address) return { sent: false as const, problem: 'unreadable' as const };
  const way = wayTo(ctx, address.scheme);
  if (!way) return { sent: false as const, problem: 'no-way' as const };
  const place = placeOf(at);
  const now = ctx.now();
  const since = { $gt: addMinutes(now, -60) };
  const often = await CodeModel.countDocuments({ place, createdAt: since });
  const bothered = await CodeModel.countDocuments({ value: address.value, createdAt: since });
  if (often >= maxAnHour || bothered >= maxAnHour)
    return { sent: false as const, problem: 'too-often' as const };
  const code = newCode();
  // Only the newest counts.
  await CodeModel.updateMany({ place }, { $set: { triesLeft: 0 } });
  await CodeModel.create([
    {
      _id: ctx.id(),
      place,
      hash: hashOf(ctx.config.secret, place, code),
      ...address,
      triesLeft: maxTries,
      createdAt: now,
      expiresAt: addMinutes(now, codeMinutes),
      forgetAt: addMinutes(now, 24 * 60),
    },
  ]);
  const { name } = ctx.config.app.organisation;
  const text = codeWords(code, name, language);
  await ctx.run(deliverNotice, {
    ...way,
    to: way.channel === 'whatsapp' ? address.value.replace(/^\+/, '') : address.value,
    content: { kind: 'text', text, ...(way.channel === 'email' && { subject: `${code}: your code` }) },
    purpose: 'auth',
    // For channels that have a form of their own for codes.
    meta: { code },
  });
  return { sent: true as const, to: hidden(address.value), by: way.channel };
});

export const confirmCodeHandler = handles(confirmCode, async (ctx, { code, ...at }) => {
  const place = placeOf(at);
  const known = await CodeModel.findOneAndUpdate(
    { place, triesLeft: { $gt: 0 }, expiresAt: { $gt: ctx.now() } },
    { $inc: { triesLeft: -1 } },
    { sort: { createdAt: -1 }, returnDocument: 'after' },
  ).lean();
  if (!known) return { proved: false as const, triesLeft: 0 };
  if (!isSame(known.hash, hashOf(ctx.config.secret, place, code.replace(/\D/g, ''))))
    return { proved: false as const, triesLeft: known.triesLeft };
  await CodeModel.updateMany({ place }, { $set: { triesLeft: 0 } });
  const identity = { scheme: known.scheme, value: known.value };
  await ctx.run(proveIdentity, { ...at, identities: [identity], by: 'code' });
  return { proved: true as const, identity };
});

function addressOf(ctx: Context, phone?: string, email?: string) {
  const number = normalPhone(phone, ctx.config.app.organisation.country);
  if (number?.startsWith('+')) return { scheme: 'phone' as const, value: number };
  const mailbox = normalEmail(email);
  return mailbox ? { scheme: 'email' as const, value: mailbox } : undefined;
}

/** By SMS where there is one, else WhatsApp; mail by mail. */
function wayTo(
  { config }: Context,
  scheme: 'phone' | 'email',
): { channel: string; account: string } | undefined {
  const account =
    scheme === 'email'
      ? mailAccount(config)
      : (customerAccount(config, 'sms') ?? customerAccount(config, 'whatsapp'));
  return account && { channel: account.channel, account: account.id };
}
