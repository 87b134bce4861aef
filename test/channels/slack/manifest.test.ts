import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseYaml } from '../../../src/core/yaml.ts';

const manifest: any = parseYaml(
  readFileSync(new URL('../../../src/channels/slack/manifest.yaml', import.meta.url), 'utf8'),
);

describe('the Slack app’s manifest', () => {
  it('asks for the scope of each method and event that is used, and for no other', () => {
    // docs.slack.dev/reference/methods and /reference/events; views.* need none.
    const needed = {
      'slash command': 'commands',
      'chat.postMessage': 'chat:write',
      'conversations.open': 'im:write',
      'files.completeUploadExternal': 'files:write',
      'message.im': 'im:history',
      app_mention: 'app_mentions:read',
      // docs.slack.dev/reference/events/link_shared and /reference/methods/chat.unfurl
      link_shared: 'links:read',
      'chat.unfurl': 'links:write',
    };
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(Object.values(needed).toSorted());
  });

  it('sends every event to the account’s webhook', () => {
    const { settings, features } = manifest;
    const addresses = [
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
      features.slash_commands[0].url,
    ];
    for (const address of addresses) expect(new URL(address).pathname).toBe('/webhooks/slack/main');
    expect(settings.event_subscriptions.bot_events).toEqual([
      'app_home_opened',
      'app_mention',
      'link_shared',
      'message.im',
    ]);
  });
});
