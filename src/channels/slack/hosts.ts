import type { Settings } from './settings.ts';

const hosts = new Set(['hooks.slack.com', 'hooks.slack-gov.com', 'files.slack.com', 'files.slack-gov.com']);

/** An address that Slack gave us; still, we post only to Slack, or to where the settings say Slack is. */
export function isSlacks(url: string, { apiUrl }: Settings): boolean {
  if (!URL.canParse(url)) return false;
  const { host, hostname, protocol } = new URL(url);
  return host === new URL(apiUrl).host || (protocol === 'https:' && hosts.has(hostname));
}
