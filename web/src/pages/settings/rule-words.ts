/** How a rule's settings read. */
export const recipientLabels = {
  client: 'the client',
  caller: 'the tele-caller',
  manager: 'the manager',
  admin: 'the administrator',
} as const;
export type Recipient = keyof typeof recipientLabels;

/** `15 min before`, `1 h before`, `1 day before`, `at the time` */
export function leadTime(minutes: number): string {
  if (minutes === 0) return 'at the time';
  if (minutes % 1440 === 0) return `${minutes / 1440} day${minutes === 1440 ? '' : 's'} before`;
  if (minutes % 60 === 0) return `${minutes / 60} h before`;
  return `${minutes} min before`;
}
export const usualLeadTimes = [0, 5, 15, 30, 60, 120, 1440, 2880];
export const localeLabels: Record<string, string> = { en: 'English', hi: 'हिन्दी' };
