import { handles } from '../../../core/define.ts';
import { deliverNotice } from '../../conversations/contract.ts';
import { findUsers } from '../../staff/contract.ts';
import { notificationRaised, tell } from '../contract.ts';
import { NotificationModel } from '../model.ts';

/** One colleague, once: in the console, in their linked chats with the files behind it, and by mail where that is wanted. */
const done = { ok: true } as const;

export const tellHandler = handles(
  tell,
  async (ctx, { userId, rule, title, text, link, key, media, mail, popup }) => {
    const [user] = (await ctx.ask(findUsers, { ids: [userId] })).items;
    if (!user || (await NotificationModel.exists({ key }))) return done;
    const _id = ctx.id();
    await NotificationModel.create([
      {
        _id,
        key,
        userId,
        at: ctx.now(),
        rule,
        title,
        text,
        buttons: [],
        popup,
        read: false,
        ...(link && { link }),
      },
    ]);
    ctx.emit(
      notificationRaised,
      { notificationId: _id, userId, rule, popup },
      { kind: 'Notification', id: _id },
    );
    for (const { channel, account, thread } of user.linked) {
      const send = (content: Parameters<typeof deliver>[3], part: string) =>
        deliver(channel, account, thread, content, part);
      await send({ kind: 'card', card: { title, text, ...(link && { link }) } }, 'text');
      for (const [at, file] of media.entries())
        await send(
          { kind: 'media', media: file, ...(file.filename && { caption: file.filename }) },
          `file${at}`,
        );
    }
    const account =
      mail && ctx.config.accounts.find(({ channel, missing }) => channel === 'email' && !missing.length);
    if (account && user.email) {
      const document = media.find(({ type }) => type === 'document');
      await deliver(
        'email',
        account.id,
        user.email,
        document ? { kind: 'media', media: document, caption: text } : { kind: 'text', text, subject: title },
        'mail',
      );
    }
    return done;

    async function deliver(
      channel: string,
      at: string,
      to: string,
      content: Parameters<
        typeof ctx.run<typeof deliverNotice.input, typeof deliverNotice.output>
      >[1]['content'],
      part: string,
    ): Promise<void> {
      await ctx.run(deliverNotice, {
        channel,
        account: at,
        to,
        purpose: 'staff',
        content,
        dedupeKey: `${key}:${channel}:${at}:${to}:${part}`,
      });
    }
  },
);
