/** A colleague at their Slack: types a command, presses, fills a modal, opens Home. Payloads after docs.slack.dev. */
import type { Delivery, World } from '../types.ts';
import { marked } from './marked.ts';
import {
  type Button,
  buttonsOf,
  dmOf,
  type OpenView,
  readable,
  type SlackFile,
  type SlackMessage,
  type SlackState,
} from './state.ts';
import { stateOf } from './submission.ts';
import type { Transport } from './transport.ts';

/** What a person sees of a message. */
export type Seen = {
  ts: string;
  text: string;
  buttons: Button[];
  ephemeral: boolean;
  edited: boolean;
  mine: boolean;
  files?: SlackFile[];
};
export type SlackPerson = ReturnType<typeof createPeople>;

export function createPeople(world: World, state: SlackState, transport: Transport, base: () => string) {
  const { account } = state;
  const now = () => world.clock.now();

  const trigger = (user: string): string => {
    const id = `${world.next()}.${world.next()}.trigger`;
    state.triggers.set(id, { user, expiresAt: now().getTime() + 3000, used: false });
    return id;
  };
  const responseUrl = (user: string, channel: string, ts?: string): string => {
    const id = `r${world.next()}`;
    state.responseUrls.set(id, {
      id,
      user,
      channel,
      expiresAt: now().getTime() + 30 * 60_000,
      uses: 0,
      ...(ts && { ts }),
    });
    return `${base()}/_response/${id}`;
  };
  const personOf = (user: string) => {
    const person = account.users.find(({ id }) => id === user);
    if (!person) throw new Error(`${user} is not in this workspace`);
    return person;
  };
  const dm = (user: string): string => dmOf(state, personOf(user).id)!;
  const who = (user: string) => ({
    id: user,
    username: personOf(user).name,
    name: personOf(user).name,
    team_id: account.teamId,
  });
  const team = { id: account.teamId, domain: 'emulator' };
  const common = (user: string) => ({
    team,
    user: who(user),
    api_app_id: account.appId,
    token: 'deprecated',
  });
  const visible = (user: string): SlackMessage[] =>
    state.messages.filter(
      ({ channel, ephemeralTo }) => (channel === dm(user) && !ephemeralTo) || ephemeralTo === user,
    );

  const event = (user: string, inner: Record<string, any>): Promise<Delivery> =>
    transport.deliver('events_api', {
      token: 'deprecated',
      team_id: account.teamId,
      api_app_id: account.appId,
      type: 'event_callback',
      event_id: `Ev${world.next()}`,
      event_time: Math.floor(now().getTime() / 1000),
      event: { user, event_ts: tsNow(), ...inner },
    });
  const tsNow = (): string =>
    `${Math.floor(now().getTime() / 1000)}.${String(world.next()).padStart(6, '0')}`;

  function click(
    user: string,
    button: Button,
    container: Record<string, any>,
    more: Record<string, any>,
  ): Promise<Delivery> {
    const action = {
      type: 'button',
      action_id: button.actionId,
      block_id: button.blockId,
      text: { type: 'plain_text', text: button.text },
      ...(button.value !== undefined && { value: button.value }),
      action_ts: tsNow(),
    };
    return transport.deliver('interactive', {
      type: 'block_actions',
      ...common(user),
      trigger_id: trigger(user),
      container,
      actions: [action],
      ...more,
    });
  }

  return {
    users: account.users,
    /** `/crm <text>`, typed in the direct message with the app unless another channel is given. */
    slash(user: string, text: string, channel = dm(user)): Promise<Delivery> {
      return transport.deliver('slash_commands', {
        token: 'deprecated',
        team_id: account.teamId,
        team_domain: 'emulator',
        channel_id: channel,
        channel_name: 'directmessage',
        user_id: user,
        user_name: personOf(user).name,
        command: account.command,
        text: marked(text),
        api_app_id: account.appId,
        is_enterprise_install: 'false',
        response_url: responseUrl(user, channel),
        trigger_id: trigger(user),
      });
    },
    /** Writes to the app in its direct message. */
    say(user: string, text: string): Promise<Delivery> {
      const message: SlackMessage = { ts: tsNow(), channel: dm(user), user, text, blocks: [] };
      state.messages.push(message);
      world.bus.emit('change');
      return event(user, {
        type: 'message',
        channel: message.channel,
        channel_type: 'im',
        text: marked(text),
        ts: message.ts,
      });
    },
    /** `@parley …` in a channel that others read. */
    mention: (user: string, channel: string, text: string): Promise<Delivery> =>
      event(user, {
        type: 'app_mention',
        channel,
        text: `<@${account.botUserId}> ${marked(text)}`,
        ts: tsNow(),
      }),
    /** Puts a link of the app's domain into a message; `channel` D… with the app, C… where others read. */
    share: (user: string, url: string, channel = dm(user)): Promise<Delivery> =>
      event(user, {
        type: 'link_shared',
        channel,
        is_bot_user_member: true,
        message_ts: tsNow(),
        unfurl_id: `${channel}.${world.next()}`,
        source: 'conversations_history',
        links: [{ domain: new URL(url).hostname, url }],
      }),
    /** What stands below a shared link. */
    unfurled: (url: string): string | undefined => {
      const shown = state.unfurls.get(url);
      return shown && readable('', shown.blocks);
    },
    /** Presses a button by its label on the newest message that has it, or exactly `on`, confirming if asked. */
    press(
      user: string,
      label: string,
      on: { ts?: string; actionId?: string; blockId?: string } = {},
    ): Promise<Delivery> {
      const isMeant = (one: Button) =>
        one.text === label &&
        one.actionId === (on.actionId ?? one.actionId) &&
        one.blockId === (on.blockId ?? one.blockId);
      const message = visible(user)
        .toReversed()
        .find(({ ts, blocks }) => ts === (on.ts ?? ts) && buttonsOf(blocks).some(isMeant));
      const button = message && buttonsOf(message.blocks).find(isMeant);
      if (!message || !button) throw new Error(`${user} sees no button “${label}”`);
      const container = {
        type: 'message',
        message_ts: message.ts,
        channel_id: message.channel,
        is_ephemeral: Boolean(message.ephemeralTo),
      };
      return click(user, button, container, {
        channel: { id: message.channel, name: 'directmessage' },
        response_url: responseUrl(user, message.channel, message.ts),
        ...(!message.ephemeralTo && {
          message: {
            type: 'message',
            user: message.user,
            ts: message.ts,
            text: message.text,
            blocks: message.blocks,
          },
        }),
      });
    },
    pressHome(
      user: string,
      label: string,
      on: { actionId?: string; blockId?: string } = {},
    ): Promise<Delivery> {
      const home = state.homes.get(user);
      const button =
        home &&
        buttonsOf(home.view.blocks).find(
          (one) =>
            one.text === label &&
            one.actionId === (on.actionId ?? one.actionId) &&
            one.blockId === (on.blockId ?? one.blockId),
        );
      if (!home || !button) throw new Error(`${user}'s Home has no button “${label}”`);
      return click(
        user,
        button,
        { type: 'view', view_id: home.id },
        { view: { ...home.view, id: home.id, hash: home.hash } },
      );
    },
    openHome(user: string): Promise<Delivery> {
      const home = state.homes.get(user);
      return event(user, {
        type: 'app_home_opened',
        channel: dm(user),
        tab: 'home',
        ...(home && { view: { ...home.view, id: home.id, hash: home.hash } }),
      });
    },
    /** A message shortcut: act on that message. */
    shortcut(user: string, callbackId: string, ts: string): Promise<Delivery> {
      const message = state.messages.find((one) => one.ts === ts)!;
      return transport.deliver('interactive', {
        type: 'message_action',
        ...common(user),
        callback_id: callbackId,
        trigger_id: trigger(user),
        message_ts: ts,
        action_ts: tsNow(),
        channel: { id: message.channel, name: 'directmessage' },
        response_url: responseUrl(user, message.channel, ts),
        message: { type: 'message', user: message.user, ts, text: message.text },
      });
    },
    /** Submits the open modal; a field not given keeps what it was prefilled with. Datetimes as ISO or seconds. */
    async submit(user: string, values: Record<string, string> = {}): Promise<Delivery> {
      const open = state.modals.get(user);
      if (!open) throw new Error(`${user} has no modal open`);
      const payload = {
        type: 'view_submission',
        ...common(user),
        trigger_id: trigger(user),
        view: { ...open.view, id: open.id, hash: open.hash, state: { values: stateOf(open, values) } },
        response_urls: [],
      };
      const delivery = await transport.deliver('interactive', payload);
      const keeps = (delivery.body as { response_action?: string } | undefined)?.response_action === 'errors';
      if (delivery.acknowledged && !keeps) state.modals.delete(user);
      world.bus.emit('change');
      return delivery;
    },
    seen: (user: string): Seen[] =>
      visible(user).map(({ ts, text, blocks, ephemeralTo, edited, files = [], user: author }) => ({
        ts,
        text: readable(text, blocks),
        buttons: buttonsOf(blocks),
        ephemeral: Boolean(ephemeralTo),
        edited: Boolean(edited),
        mine: author === user,
        ...(files.length && { files }),
      })),
    modal: (user: string): OpenView | undefined => state.modals.get(user),
    home: (user: string): { text: string; buttons: Button[] } | undefined => {
      const home = state.homes.get(user);
      return home && { text: readable('', home.view.blocks), buttons: buttonsOf(home.view.blocks) };
    },
    taken: () => state.taken,
    /** Trigger ids handed out, oldest first. */
    triggers: () => [...state.triggers.keys()],
    /** Slack's own check of a request URL. */
    verifyUrl: (challenge: string): Promise<Delivery> =>
      transport.deliver('events_api', { token: 'deprecated', challenge, type: 'url_verification' }),
    connections: transport.connections,
    disconnectAll: transport.disconnectAll,
    retryDue: transport.retryDue,
  };
}
