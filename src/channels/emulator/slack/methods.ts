/** The methods of Slack's Web API. Names, arguments and error codes after docs.slack.dev/reference/methods. */
import type { World } from '../types.ts';
import { problemWithBlocks, problemWithView } from './limits.ts';
import { dmOf, type SlackFile, type SlackMessage, type SlackState, userOfDm } from './state.ts';

export type Result = { ok: true; [key: string]: unknown } | { ok: false; error: string };

export function createMethods(world: World, state: SlackState, base: () => string) {
  const { account } = state;
  const now = () => world.clock.now().getTime();
  const methods: Record<string, (args: Record<string, any>) => Result> = {
    'auth.test': () => ({
      ok: true,
      url: `${base()}/`,
      team: account.teamName,
      user: 'parley',
      team_id: account.teamId,
      user_id: account.botUserId,
      bot_id: 'B0PARLEY',
    }),
    'apps.connections.open': () => ({
      ok: true,
      url: `${base().replace('http', 'ws')}/_socket?ticket=${world.next()}`,
    }),
    'api.test': () => ({ ok: true }),
    'users.info': ({ user }) => {
      const found = account.users.find(({ id }) => id === user);
      return found
        ? {
            ok: true,
            user: {
              id: found.id,
              team_id: account.teamId,
              name: found.name,
              real_name: found.realName,
              profile: { real_name: found.realName },
            },
          }
        : no('user_not_found');
    },
    'users.list': () => ({
      ok: true,
      members: account.users.map(({ id, name, realName }) => ({
        id,
        team_id: account.teamId,
        name,
        real_name: realName,
      })),
    }),
    'conversations.open': ({ users }) => {
      const channel = dmOf(state, String(users));
      return channel ? { ok: true, channel: { id: channel } } : no('user_not_found');
    },
    'conversations.history': ({ channel }) => ({
      ok: true,
      messages: state.messages
        .filter((message) => message.channel === channel && !message.ephemeralTo)
        .toReversed(),
    }),
    'chat.postMessage': (args) => {
      const channel = userOfDm(state, args.channel) ? args.channel : dmOf(state, args.channel);
      if (!channel) return no('channel_not_found');
      return problem(args) ?? posted(add({ channel, ...contentOf(args) }));
    },
    'chat.postEphemeral': (args) => {
      if (!dmOf(state, args.user)) return no('user_not_in_channel');
      return (
        problem(args) ?? {
          ok: true,
          message_ts: add({ channel: args.channel, ephemeralTo: args.user, ...contentOf(args) }).ts,
        }
      );
    },
    'chat.update': (args) => {
      const message = state.messages.find(({ ts, channel }) => ts === args.ts && channel === args.channel);
      if (!message || message.ephemeralTo) return no('message_not_found');
      return problem(args) ?? posted(Object.assign(message, contentOf(args), { edited: true }));
    },
    'chat.delete': ({ channel, ts }) => {
      const index = state.messages.findIndex((message) => message.ts === ts && message.channel === channel);
      if (index < 0) return no('message_not_found');
      state.messages.splice(index, 1);
      return { ok: true, channel, ts };
    },
    // docs.slack.dev/reference/methods/chat.unfurl
    'chat.unfurl': ({ unfurl_id, source, channel, ts, unfurls }) => {
      if (!(unfurl_id && source) && !(channel && ts)) return no('cannot_find_message');
      const shown = Object.entries((unfurls ?? {}) as Record<string, { blocks: Record<string, any>[] }>);
      if (!shown.length) return no('missing_unfurls');
      if (shown.some(([, { blocks }]) => problemWithBlocks(blocks, 50))) return no('cannot_parse_attachment');
      for (const [url, one] of shown) state.unfurls.set(url, one);
      return { ok: true };
    },
    'files.getUploadURLExternal': ({ filename, length }) => {
      if (!filename || !(Number(length) > 0)) return no('invalid_arguments');
      const id = `F${world.next()}`;
      state.uploads.set(id, { id, name: filename, size: Number(length) });
      return { ok: true, upload_url: `${base()}/_upload/${id}`, file_id: id };
    },
    'files.completeUploadExternal': ({ files, channel_id, initial_comment }) => {
      const found = (files as { id: string; title?: string }[]).map(({ id }) => state.uploads.get(id));
      if (found.some((file) => !file?.body)) return no('file_not_found');
      if (!userOfDm(state, channel_id)) return no('channel_not_found');
      add({ channel: channel_id, text: initial_comment ?? '', blocks: [], files: found as SlackFile[] });
      return { ok: true, files: found.map((file) => ({ id: file!.id, title: file!.name })) };
    },
    'views.open': ({ trigger_id, view }) => {
      const trigger = state.triggers.get(trigger_id);
      if (!trigger) return no('invalid_trigger_id');
      if (trigger.used) return no('exchanged_trigger_id');
      if (trigger.expiresAt < now()) return no('expired_trigger_id');
      const fault = view?.type === 'modal' ? problemWithView(view) : 'invalid_arguments';
      if (fault) return no(fault);
      trigger.used = true;
      const opened = { id: `V${world.next()}`, hash: String(world.next()), user: trigger.user, view };
      state.modals.set(trigger.user, opened);
      return { ok: true, view: { ...view, id: opened.id, hash: opened.hash } };
    },
    'views.publish': ({ user_id, view, hash }) => {
      if (!dmOf(state, user_id)) return no('user_not_found');
      const fault = view?.type === 'home' ? problemWithView(view) : 'invalid_arguments';
      if (fault) return no(fault);
      if (hash && state.homes.get(user_id)?.hash !== hash) return no('hash_conflict');
      const published = { id: `V${world.next()}`, hash: String(world.next()), user: user_id, view };
      state.homes.set(user_id, published);
      return { ok: true, view: { ...view, id: published.id, hash: published.hash } };
    },
  };

  function problem(args: Record<string, any>): Result | undefined {
    if (!args.text && !args.blocks) return no('no_text');
    if ((args.text ?? '').length > 40_000) return no('msg_too_long');
    const fault = problemWithBlocks(args.blocks, 50);
    return fault && no(fault);
  }

  function add(
    message: Pick<SlackMessage, 'channel' | 'text' | 'blocks'> & Partial<SlackMessage>,
  ): SlackMessage {
    const ts = `${Math.floor(now() / 1000)}.${String(world.next()).padStart(6, '0')}`;
    const made: SlackMessage = { ts, user: account.botUserId, ...message };
    state.messages.push(made);
    return made;
  }

  return { methods, add, problem };
}

export const contentOf = ({ text, blocks, metadata }: Record<string, any>) => ({
  text: text ?? '',
  blocks: blocks ?? [],
  ...(metadata && { metadata }),
});
export const posted = (message: SlackMessage): Result => ({
  ok: true,
  channel: message.channel,
  ts: message.ts,
  message: { ...message, type: 'message' },
});
export const no = (error: string): Result => ({ ok: false, error });
