import { readFileSync } from 'node:fs';
import type { Guide, GuidePlace } from '../../core/guide.ts';
import { colleaguesStep } from '../staff/guide.ts';

/** docs.slack.dev/app-manifests/configuring-apps-with-app-manifests */
export const slackGuide = ({ publicUrl, webhook }: GuidePlace): Guide => ({
  intro:
    'Colleagues work their leads from Slack: commands, buttons, a list of today on the app’s Home, links with what they lead to.',
  steps: [
    {
      title: 'Make the app',
      lines: [
        'Open your apps at Slack, press “Create New App” → “From a manifest”, and choose your workspace.',
        'Choose YAML, paste the manifest, press “Next” and “Create”: command, buttons, shortcuts, Home and addresses are set by it.',
      ],
      links: [{ label: 'Slack: your apps', url: 'https://api.slack.com/apps' }],
      copies: [{ label: 'Manifest', text: manifestFor(publicUrl, webhook) }],
    },
    {
      title: 'Install it',
      lines: [
        'In the app open “OAuth & Permissions”, press “Install to Workspace”: the bot token stands there then.',
        'The signing secret stands under “Basic Information” → “App Credentials”.',
      ],
      fields: [
        { path: 'botToken', label: 'Bot token', hint: 'Begins with xoxb-.', secret: true },
        { path: 'signingSecrets.0', label: 'Signing secret', secret: true, rotates: true },
      ],
    },
    {
      title: 'Without a public address',
      lines: [
        'For trying out: switch “Socket Mode” on in the app, and under “Basic Information” → “App-Level Tokens” generate one with connections:write.',
        'With a public address leave this out.',
      ],
      fields: [
        {
          path: 'appToken',
          label: 'App-level token',
          hint: 'Begins with xapp-.',
          secret: true,
          optional: true,
        },
      ],
    },
    colleaguesStep(
      '/crm link with the code in Slack',
      'To send a test: team and member as Slack knows them, T0123:U0456. A member’s profile → ⋮ → “Copy member ID”.',
    ),
  ],
});

/** The app as it is shipped, with our addresses. */
export const manifestFor = (publicUrl: string, webhook: string): string =>
  readFileSync(new URL('./manifest.yaml', import.meta.url), 'utf8')
    .replace(/^#.*\n/gm, '')
    .replaceAll('https://crm.example.com/webhooks/slack/main', webhook)
    .replaceAll('crm.example.com', new URL(publicUrl).hostname);
