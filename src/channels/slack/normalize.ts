/**
 * Slack's payloads → our events, the same for HTTP and Socket Mode. A redelivery carries the same trigger or event id,
 * whichever way it comes. Sources: docs.slack.dev/interactivity/implementing-slash-commands,
 * /reference/interaction-payloads and /reference/events.
 */
import { z } from 'zod';
import type { InboundBody, InboundEvent } from '../../core/messaging.ts';
import { parseInput } from '../../core/validate.ts';
import { readPress } from '../render.ts';
import { readSubmission } from './modal.ts';
import { unescaped } from './mrkdwn.ts';

export type Where = { account: string; at: Date };

const slash = z.looseObject({
  command: z.string(),
  text: z.string().default(''),
  trigger_id: z.string().min(1),
  response_url: z.string().optional(),
  team_id: z.string().min(1),
  user_id: z.string().min(1),
  user_name: z.string().optional(),
  channel_id: z.string().optional(),
});

const interaction = z.looseObject({
  type: z.string(),
  trigger_id: z.string().min(1),
  team: z.looseObject({ id: z.string() }).nullish(),
  user: z.looseObject({
    id: z.string().min(1),
    team_id: z.string().optional(),
    username: z.string().optional(),
    name: z.string().optional(),
  }),
  response_url: z.string().optional(),
  callback_id: z.string().optional(),
  channel: z.looseObject({ id: z.string() }).nullish(),
  container: z.looseObject({ type: z.string().optional(), message_ts: z.string().optional() }).optional(),
  message: z.looseObject({ ts: z.string().optional(), text: z.string().optional() }).optional(),
  actions: z
    .array(
      z.looseObject({
        action_id: z.string(),
        value: z.string().optional(),
        text: z.looseObject({ text: z.string() }).optional(),
        selected_option: z
          .looseObject({ value: z.string(), text: z.looseObject({ text: z.string() }) })
          .nullish(),
      }),
    )
    .optional(),
  view: z
    .looseObject({
      callback_id: z.string().optional(),
      private_metadata: z.string().optional(),
      state: z
        .looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) })
        .optional(),
    })
    .nullish(),
});
type Interaction = z.output<typeof interaction>;

const happening = z.looseObject({
  type: z.literal('event_callback'),
  team_id: z.string().min(1),
  event_id: z.string().min(1),
  event: z.looseObject({
    type: z.string(),
    user: z.string().optional(),
    text: z.string().optional(),
    subtype: z.string().optional(),
    bot_id: z.string().optional(),
    channel: z.string().optional(),
    channel_type: z.string().optional(),
    tab: z.string().optional(),
    links: z.array(z.looseObject({ url: z.string() })).optional(),
    message_ts: z.string().optional(),
    unfurl_id: z.string().optional(),
    source: z.string().optional(),
    is_bot_user_member: z.boolean().optional(),
  }),
});

/** @throws AppError input.invalid naming the field. */
export function normalize(body: Record<string, unknown>, where: Where): InboundEvent[] {
  if (typeof body.command === 'string') return fromSlash(parseInput(slash, body), where);
  if (body.type === 'event_callback') return fromEvent(parseInput(happening, body), where);
  return fromInteraction(parseInput(interaction, body), where);
}

function fromSlash(c: z.output<typeof slash>, where: Where): InboundEvent[] {
  const meta = {
    surface: 'command',
    triggerId: c.trigger_id,
    responseUrl: c.response_url,
    channelId: c.channel_id,
  };
  return [
    event(
      `slash:${c.trigger_id}`,
      c.team_id,
      c.user_id,
      where,
      { kind: 'command', text: unescaped(c.text).trim() },
      meta,
      c.user_name,
    ),
  ];
}

function fromInteraction(i: Interaction, where: Where): InboundEvent[] {
  const team = i.team?.id ?? i.user.team_id ?? '';
  const name = i.user.username ?? i.user.name;
  const isHome = i.container?.type === 'view';
  const meta: Record<string, unknown> = {
    surface: isHome ? 'home' : 'message',
    triggerId: i.trigger_id,
    responseUrl: i.response_url,
    channelId: i.channel?.id,
    messageTs: i.container?.message_ts ?? i.message?.ts,
  };
  const make = (body: InboundBody, more: Record<string, unknown> = {}, suffix = '') =>
    event(`${i.type}:${i.trigger_id}${suffix}`, team, i.user.id, where, body, { ...meta, ...more }, name);

  switch (i.type) {
    case 'block_actions':
      return (i.actions ?? []).flatMap((action, index) => {
        const value = action.value ?? action.selected_option?.value;
        // A button that opens a page in the browser reports its press, too; there is nothing to do.
        if (value === undefined) return [];
        return [
          make(
            { kind: 'press', value, label: action.text?.text ?? action.selected_option?.text.text ?? '' },
            { again: readPress(value)?.again },
            index ? `:${index}` : '',
          ),
        ];
      });
    case 'view_submission': {
      const { command, values, meta: kept } = readSubmission(i.view ?? {});
      return [make({ kind: 'form', command, values }, { surface: 'modal', ...kept })];
    }
    case 'message_action':
    case 'shortcut':
      return [
        make({
          kind: 'signal',
          name: 'shortcut',
          data: { id: i.callback_id ?? '', text: unescaped(i.message?.text ?? '') },
        }),
      ];
    case 'view_closed':
      return [];
    default:
      return [make({ kind: 'unknown', note: `Slack interaction of type ${i.type}` })];
  }
}

function fromEvent(
  { event_id, team_id, event: e }: z.output<typeof happening>,
  where: Where,
): InboundEvent[] {
  // Our own messages come back as events; edits and joins are nobody's words to us.
  if (!e.user || e.bot_id || (e.subtype && e.subtype !== 'file_share')) return [];
  const make = (body: InboundBody, meta: Record<string, unknown>) => [
    event(event_id, team_id, e.user!, where, body, { channelId: e.channel, ...meta }),
  ];
  if (e.type === 'app_home_opened')
    return e.tab === 'messages' ? [] : make({ kind: 'signal', name: 'home.opened' }, { surface: 'home' });
  if (e.type === 'message' && e.channel_type === 'im')
    return make({ kind: 'text', text: unescaped(e.text ?? '') }, { surface: 'dm' });
  if (e.type === 'app_mention')
    return make(
      { kind: 'text', text: unescaped((e.text ?? '').replace(/^\s*<@\w+>\s*/, '')) },
      { surface: 'mention' },
    );
  if (e.type === 'link_shared') {
    const unfurl = e.unfurl_id
      ? { unfurl_id: e.unfurl_id, source: e.source }
      : { channel: e.channel, ts: e.message_ts };
    // A direct message that the app is in is the one with it: two people's would not have it as a member.
    const isPrivate = e.is_bot_user_member === true && e.channel?.startsWith('D') === true;
    const urls = (e.links ?? []).slice(0, 5).map(({ url }) => unescaped(url));
    return make(
      { kind: 'signal', name: 'links.shared', data: { urls } },
      { surface: 'unfurl', unfurl, isPrivate },
    );
  }
  if (e.type === 'message') return [];
  return make({ kind: 'unknown', note: `Slack event of type ${e.type}` }, { surface: 'event' });
}

/** Keyed on team and user: a name or an e-mail in Slack is whatever its owner says. */
function event(
  id: string,
  team: string,
  user: string,
  { account, at }: Where,
  body: InboundBody,
  meta: Record<string, unknown>,
  name?: string,
): InboundEvent {
  const known = Object.fromEntries(Object.entries(meta).filter(([, value]) => value !== undefined));
  return {
    id,
    channel: 'slack',
    account,
    audience: 'staff',
    thread: `${team}:${user}`,
    from: [{ scheme: 'slack', value: user, scope: team }],
    ...(name && { name }),
    at,
    body,
    meta: known,
  };
}
