/** One notice to one colleague: in the console, and by each way that is chosen, at once or when they may be disturbed. */
import { mailAccount } from '../../core/config.ts';
import { type Digest, type NoticeWay, usualWays } from '../../core/config-schema.ts';
import type { Context } from '../../core/context.ts';
import type { Content, MediaRef } from '../../core/messaging.ts';
import type { UserView } from '../staff/contract.ts';
import { notificationRaised, type PreferenceView } from './contract.ts';
import { type Delivery, deliver } from './deliver.ts';
import { type NotificationDocument, NotificationModel } from './model.ts';
import { currentPolicy, preferenceOf } from './policy.ts';
import { pushAccount, subscriptionsOf } from './push.ts';
import { type Wait, waitFor } from './quiet.ts';
import { maskOf } from './shown.ts';

export type Raised = Pick<NotificationDocument, 'key' | 'rule' | 'title' | 'text'> &
  Partial<Pick<NotificationDocument, 'leadId' | 'link' | 'buttons' | 'popup'>> & {
    media?: MediaRef[];
    /** By mail as well. */
    mail?: boolean;
    /** Absent: the usual ways. */
    channels?: NoticeWay[] | undefined;
    urgent?: boolean;
    digest?: Digest;
    /** The moment that it tells of. */
    about?: Date | undefined;
  };

/** Whose key it has must not have been told before. */
export async function raise(ctx: Context, user: UserView, given: Raised): Promise<void> {
  const { title: fullTitle, text: fullText, buttons: fullButtons = [] } = given;
  const words = { title: fullTitle, text: fullText, buttons: fullButtons };
  const notice = { ...given, ...((await maskOf(ctx, user))?.shown(words) ?? words) };
  const { key, rule, title, text, leadId, link, buttons, channels } = notice;
  const inApp = !channels || channels.includes('app');
  const popup = inApp && (notice.popup ?? false);
  const _id = ctx.id();
  ctx.writes.insert(NotificationModel, {
    _id,
    key,
    userId: user.id,
    at: ctx.now(),
    rule,
    title,
    text,
    buttons,
    popup,
    // What is not wanted in the application stands in its list all the same, and calls nobody.
    read: !inApp,
    ...(leadId && { leadId }),
    ...(link && { link }),
  });
  // One is enough for all that somebody is told at once: their screens ask for the list again.
  await ctx.once(`raised:${user.id}:${popup}`, async () =>
    ctx.emit(
      notificationRaised,
      { notificationId: _id, userId: user.id, rule, popup },
      { kind: 'Notification', id: _id },
    ),
  );
  const preference = await preferenceOf(ctx, user.id);
  const sends = await waysTo(ctx, user, notice, preference);
  if (!sends.length) return;
  const wait = await waitOf(ctx, notice, preference);
  for (const { part, content, meta, ...address } of sends) {
    const dedupeKey = `${key}:${address.channel}:${address.account}:${address.to}:${part}`;
    const one: Delivery = {
      recipient: `user:${user.id}`,
      name: user.name,
      notificationId: _id,
      rule,
      title,
      text,
      ...(leadId && { leadId }),
      ...(link && { link }),
      ...(notice.about && { about: notice.about }),
      digest: notice.digest ?? 'none',
      ...address,
      send: { purpose: 'staff', content, dedupeKey, ...(meta && { meta }) },
    };
    await deliver(ctx, one, wait);
  }
}

export async function waitOf(
  ctx: Context,
  { urgent = false, digest = 'none', about }: Pick<Raised, 'urgent' | 'digest' | 'about'>,
  own?: PreferenceView,
): Promise<Wait | undefined> {
  if (urgent) return undefined;
  const { quiet, dailyAt } = await currentPolicy(ctx);
  return waitFor(ctx.now(), {
    urgent,
    digest: own && own.digest !== 'asSet' ? own.digest : digest,
    quiet: [quiet, own?.quiet].filter((window) => window !== undefined),
    dailyAt,
    zone: ctx.config.app.organisation.timezone,
    about,
  });
}

type To = Pick<Delivery, 'channel' | 'account' | 'to'> & {
  part: string;
  content: Content;
  meta?: Record<string, unknown>;
};

async function waysTo(ctx: Context, user: UserView, notice: Raised, { off }: PreferenceView): Promise<To[]> {
  const { title, text, link, buttons = [], media = [], channels } = notice;
  const wanted = (way: string) =>
    (channels ?? usualWays.staff).includes(way as NoticeWay) && !off.includes(way as never);
  const card: Content = { kind: 'card', card: { title, text, buttons, ...(link && { link }) } };
  // A text message has no buttons, and what it says costs by its length.
  const short: Content = { kind: 'text', text: `${title}: ${text}` };
  const chats = user.linked
    .filter(({ channel }) => wanted(channel))
    .flatMap(({ channel, account, thread: to }): To[] => [
      { channel, account, to, part: 'text', content: channel === 'sms' ? short : card },
      ...(channel === 'sms' ? [] : media).map((file, at) => ({
        channel,
        account,
        to,
        part: `file${at}`,
        content: mediaContent(file, file.filename),
      })),
    ]);
  const browsers = wanted('push')
    ? (await subscriptionsOf(ctx, user.id)).map(
        ({ _id: to, endpoint, keys }): To => ({
          channel: 'push',
          account: pushAccount(ctx.config)!.slice('push:'.length),
          to,
          part: 'text',
          content: card,
          meta: { endpoint, keys },
        }),
      )
    : [];
  return [...chats, ...browsers, ...mails(ctx, user, notice, off.includes('email'))];
}

function mails(ctx: Context, user: UserView, notice: Raised, off: boolean): To[] {
  const { title, text, link, media = [], channels } = notice;
  const account = user.email ? mailAccount(ctx.config) : undefined;
  if (!account || off || !(notice.mail || channels?.includes('email'))) return [];
  const document = media.find(({ type }) => type === 'document');
  const { HOST, PORT, PUBLIC_URL = `http://${HOST}:${PORT}` } = ctx.config.env;
  const content: Content = document
    ? mediaContent(document, text)
    : { kind: 'text', text: link && !notice.mail ? `${text}\n\n${PUBLIC_URL}${link}` : text, subject: title };
  return [{ channel: account.channel, account: account.id, to: user.email, part: 'mail', content }];
}

const mediaContent = (media: MediaRef, caption?: string): Content => ({
  kind: 'media',
  media,
  ...(caption && { caption }),
});
