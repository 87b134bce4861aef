/**
 * A comment is answered once, in private, within seven days; the talk goes on when its author answers. Until then only the
 * comment's id names them, so the conversation begins under it, and Meta's answer to the private reply tells who they are:
 * nobody is joined by a guess at names.
 */
import type { ChannelPort } from '../../core/define.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import { parseInput } from '../../core/validate.ts';
import type { Settings, Side } from './settings.ts';
import { type Change, feedComment, instagramComment } from './webhook-payload.ts';

type Comment = {
  id: string;
  at: Date;
  text: string;
  author?: string;
  name?: string;
  post?: string;
  ad?: string;
};
type Where = { account: string; side: Side; settings: Pick<Settings, 'comments'>; now: Date };

const prefix = 'comment:';
export const isComment = (thread: string): boolean => thread.startsWith(prefix);
export const commentOf = (thread: string): string => thread.slice(prefix.length);

/** @returns the event that begins the flow of comments; undefined for our own, edited, removed ones, and what is no comment. */
export function commentEvent(change: Change, where: Where): InboundEvent | undefined {
  const comment = where.side.channel === 'instagram' ? ofInstagram(change, where) : ofPage(change);
  const { flow, formUrl, whatsapp } = where.settings.comments;
  if (!comment || !flow || comment.author === where.side.entryId) return undefined;
  const vars = {
    comment: comment.text,
    ...(comment.name && { name: comment.name }),
    ...(formUrl && { formUrl }),
    ...(whatsapp && { whatsappUrl: `https://wa.me/${whatsapp.replace(/\D/g, '')}` }),
  };
  return {
    id: `${prefix}${comment.id}:add`,
    channel: where.side.channel,
    account: where.account,
    audience: 'customer',
    thread: `${prefix}${comment.id}`,
    from: [],
    ...(comment.name && { name: comment.name }),
    at: comment.at,
    body: { kind: 'signal', name: 'flow', data: { flow, vars } },
    meta: {
      source: where.side.channel,
      medium: 'comment',
      ...(comment.post && { page: comment.post }),
      ...(comment.ad && { campaign: comment.ad }),
    },
  };
}

function ofPage({ field, value }: Change): Comment | undefined {
  const item = (value as { item?: unknown } | undefined)?.item;
  if (field !== 'feed' || item !== 'comment') return undefined;
  const {
    verb,
    comment_id: id,
    created_time: at,
    message: text,
    from,
    post_id: post,
  } = parseInput(feedComment, value);
  if (verb !== 'add') return undefined;
  return { id, at, text, ...(from && { author: from.id, name: from.name }), ...(post && { post }) };
}

function ofInstagram({ field, value }: Change, { now }: Where): Comment | undefined {
  if (field !== 'comments') return undefined;
  const { id, text, from, media } = parseInput(instagramComment, value);
  return {
    id,
    at: now,
    text,
    ...(from && { author: from.id, name: from.username }),
    ...(media?.id && { post: media.id }),
    ...(media?.ad_title && { ad: media.ad_title }),
  };
}

/** Whom a comment's private reply reached, and whether they have answered: only then may we go on. */
type Reached = { person: string; answered: boolean };

export const reachedBy = (thread: string, { state }: ChannelPort): Promise<Reached | undefined> =>
  state.get<Reached>(`reached:${thread}`);

/** Whoever has a conversation already keeps it; for anybody else the comment's goes on. */
export async function reached(thread: string, person: string, { state }: ChannelPort): Promise<void> {
  await state.keep(`thread:${person}`, thread);
  await state.set(`reached:${thread}`, { person, answered: false } satisfies Reached);
}

/** Into the conversation that this person's words belong to. */
export async function intoThread(event: InboundEvent, { state }: ChannelPort): Promise<InboundEvent> {
  const person = event.thread;
  const thread =
    (await state.get<string>(`thread:${person}`)) ?? (await state.keep(`thread:${person}`, person));
  if (thread === person) return event;
  const known = await state.get<Reached>(`reached:${thread}`);
  if (!known?.answered) await state.set(`reached:${thread}`, { person, answered: true } satisfies Reached);
  return { ...event, thread };
}
