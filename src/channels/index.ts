/** The list of channels. To add one: a folder here that exports `defineChannel(…)`, and a line below. */
import type { Channel } from '../core/define.ts';
import type { Guide, GuidePlace } from '../core/guide.ts';

/** Loaded when an account of theirs is open: some bring heavy libraries. */
export const channels: Record<string, () => Promise<Channel>> = {
  webchat: async () => (await import('./webchat/channel.ts')).webchat,
  whatsapp: async () => (await import('./whatsapp/channel.ts')).whatsapp,
  email: async () => (await import('./email/channel.ts')).email,
  slack: async () => (await import('./slack/channel.ts')).slack,
  facebook: async () => (await import('./facebook/channel.ts')).facebook,
  instagram: async () => (await import('./facebook/instagram.ts')).instagram,
  telegram: async () => (await import('./telegram/channel.ts')).telegram,
  sms: async () => (await import('./sms/channel.ts')).sms,
  push: async () => (await import('./push/channel.ts')).push,
  telephony: async () => (await import('./telephony/channel.ts')).telephony,
};

/** How an account of this channel is connected, open or not. */
export const guideOf = async (channel: string, place: GuidePlace): Promise<Guide | undefined> =>
  (await channels[channel]?.())?.guide?.(place);
