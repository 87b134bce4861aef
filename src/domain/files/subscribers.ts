import { on, type Subscriber } from '../../core/define.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { filesReceived } from '../conversations/contract.ts';
import { bindFiles } from './contract.ts';
import { fileIdOf } from './media.ts';
import { FileModel } from './model.ts';
import { safeName } from './rules.ts';

export const subscribers: Subscriber[] = [
  /** What a message brought is fetched by and by; what was uploaded for it is here already. */
  on(filesReceived, 'files.take-in', async (ctx, { payload }) => {
    const { conversationId, messageId, channel, account, thread, media } = payload;
    const now = ctx.now();
    const uploaded = media.flatMap(({ id }) => fileIdOf(id) ?? []);
    if (uploaded.length && channel === 'webchat')
      await ctx.run(bindFiles, {
        conversationId,
        messageId,
        owner: `visitor:${thread}`,
        fileIds: uploaded,
      });
    for (const [place, ref] of (media as MediaRef[]).entries()) {
      if (fileIdOf(ref.id) !== undefined) continue;
      ctx.writes.insert(FileModel, {
        _id: ctx.id(),
        direction: 'in',
        type: ref.type,
        mime: ref.mime ?? '',
        filename: ref.filename ? safeName(ref.filename) : '',
        ...(ref.bytes !== undefined && { bytes: ref.bytes }),
        state: 'fetching',
        source: { channel, account, ref: { ...ref } },
        conversationId,
        messageId,
        place,
        attempts: 0,
        nextAt: now,
        createdAt: now,
      });
    }
  }),
];
