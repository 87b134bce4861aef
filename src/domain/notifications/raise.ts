/** One notice to one colleague, once: in the console, in their linked chats with the files behind it, by mail where that is wanted. */
import { mailAccount } from '../../core/config.ts';
import type { Context } from '../../core/context.ts';
import type { Content, MediaRef } from '../../core/messaging.ts';
import { deliverNotice } from '../conversations/contract.ts';
import type { UserView } from '../staff/contract.ts';
import { notificationRaised } from './contract.ts';
import { type NotificationDocument, NotificationModel } from './model.ts';

export type Raised = Pick<NotificationDocument, 'key' | 'rule' | 'title' | 'text'> &
  Partial<Pick<NotificationDocument, 'leadId' | 'link' | 'buttons' | 'popup'>> & {
    media?: MediaRef[];
    mail?: boolean;
  };

export async function raise(ctx: Context, user: UserView, notice: Raised): Promise<void> {
  const { key, rule, title, text, leadId, link, buttons = [], popup = false, media = [], mail } = notice;
  if (await NotificationModel.exists({ key })) return;
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
    read: false,
    ...(leadId && { leadId }),
    ...(link && { link }),
  });
  ctx.emit(
    notificationRaised,
    { notificationId: _id, userId: user.id, rule, popup },
    { kind: 'Notification', id: _id },
  );
  for (const { channel, account, thread } of user.linked) {
    const send = (content: Content, part: string) => deliver(channel, account, thread, content, part);
    await send({ kind: 'card', card: { title, text, buttons, ...(link && { link }) } }, 'text');
    for (const [at, file] of media.entries())
      await send(
        { kind: 'media', media: file, ...(file.filename && { caption: file.filename }) },
        `file${at}`,
      );
  }
  const account = mail && user.email && mailAccount(ctx.config);
  if (!account) return;
  const document = media.find(({ type }) => type === 'document');
  const content: Content = document
    ? { kind: 'media', media: document, caption: text }
    : { kind: 'text', text, subject: title };
  await deliver(account.channel, account.id, user.email, content, 'mail');

  async function deliver(
    channel: string,
    account: string,
    to: string,
    content: Content,
    part: string,
  ): Promise<void> {
    const dedupeKey = `${key}:${channel}:${account}:${to}:${part}`;
    await ctx.run(deliverNotice, { channel, account, to, purpose: 'staff', content, dedupeKey });
  }
}
