/** How a rule's settings read. */
import { channelLabel } from '../../shared/channel-icon.tsx';

export const recipientLabels = {
  client: 'the client',
  caller: 'the tele-caller',
  manager: 'the manager',
  admin: 'the administrator',
} as const;
export type Recipient = keyof typeof recipientLabels;

/** Rules whose minutes are counted from what happened, not towards a time to come. */
const countedAfter = new Set(['lead-not-attempted']);

/** `15 min before`, `1 h before`, `1 day before`, `at the time`; `30 min after` */
export function leadTime(minutes: number, rule: string): string {
  const side = countedAfter.has(rule) ? 'after' : 'before';
  if (minutes === 0) return 'at the time';
  if (minutes % 1440 === 0) return `${minutes / 1440} day${minutes === 1440 ? '' : 's'} ${side}`;
  if (minutes % 60 === 0) return `${minutes / 60} h ${side}`;
  return `${minutes} min ${side}`;
}
export const usualLeadTimes = [0, 5, 15, 30, 60, 120, 1440, 2880];
export const localeLabels: Record<string, string> = { en: 'English', hi: 'हिन्दी' };

const ways: Record<string, string> = {
  app: 'In the application',
  push: 'Browser push',
  telegram: 'Telegram',
  conversation: 'Where they wrote last',
};
export const wayLabel = (way: string): string => ways[way] ?? channelLabel(way);
export const digestLabels = {
  none: 'Each by itself',
  hourly: 'Gathered each hour',
  daily: 'Gathered each day',
} as const;
