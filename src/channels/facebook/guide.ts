/** How a Facebook page, and the Instagram account behind it, are connected. */
import type { Guide, GuideField, GuidePlace, GuideStep } from '../../core/guide.ts';

const token: GuideField = {
  path: 'accessToken',
  label: 'Page access token',
  hint: 'Begins with EAA. Facebook and Instagram share it.',
  secret: true,
};

/** developers.facebook.com/docs/messenger-platform/getting-started and …/webhooks */
export const facebookGuide = ({ webhook }: GuidePlace): Guide => ({
  intro:
    'A page’s Messenger, its comments and its lead forms. You need to be an administrator of the page, and of a business portfolio at Meta.',
  steps: [
    page([{ path: 'pageId', label: 'Page ID', hint: 'Page → About → Page transparency.' }, token]),
    calls(
      'Page',
      webhook,
      'messages, messaging_postbacks, message_deliveries, message_reads, feed and leadgen',
    ),
    {
      title: 'Comments and lead forms',
      lines: [
        'Who comments gets one private reply, which may name a form on your website and your WhatsApp number.',
        'Who fills in a lead form is written to on WhatsApp by the template lead_form_hello, which Meta must have approved. Leads are looked for every 15 minutes, too, should a call of Meta be lost.',
        'Where Meta has granted “Human Agent” to the app, colleagues may answer for seven days instead of one.',
      ],
      fields: [
        { path: 'comments.formUrl', label: 'Address of the form', optional: true },
        {
          path: 'comments.whatsapp',
          label: 'WhatsApp number',
          hint: 'With its country: +91…',
          optional: true,
        },
        {
          path: 'leads.forms',
          label: 'Lead forms',
          hint: 'Their IDs, with commas; empty: all of the page.',
          optional: true,
        },
        humanAgent,
      ],
    },
  ],
});

/** developers.facebook.com/docs/messenger-platform/instagram/get-started */
export const instagramGuide = ({ webhook }: GuidePlace): Guide => ({
  intro:
    'Messages and comments of an Instagram professional account that is linked to your Facebook page. The app and the token are those of the page.',
  steps: [
    page([
      { path: 'pageId', label: 'Page ID', hint: 'Of the Facebook page that the account is linked to.' },
      {
        path: 'instagramId',
        label: 'Instagram account ID',
        hint: 'Business settings → Accounts → Instagram accounts.',
      },
      token,
    ]),
    {
      title: 'Allow messages',
      lines: [
        'In Instagram, on a phone: Settings → Messages → Connected tools, switch “Allow access to messages” on.',
      ],
      fields: [humanAgent],
    },
    calls('Instagram', webhook, 'messages, messaging_postbacks, messaging_seen and comments'),
  ],
});

const humanAgent: GuideField = {
  path: 'humanAgent',
  label: 'Human Agent',
  optional: true,
  options: [
    { value: 'false', label: 'Not granted' },
    { value: 'true', label: 'Granted by Meta' },
  ],
};

const page = (fields: GuideField[]): GuideStep => ({
  title: 'The page and its token',
  lines: [
    'At Meta for Developers open your app, or make one with the use case “Engage with customers on Messenger from Meta”.',
    'In Business settings open Users → System users; assign the page and the app to one with full control.',
    'Press “Generate token”, choose the app, “Never” as its end, and the permissions pages_messaging, pages_manage_metadata, pages_read_engagement, leads_retrieval, instagram_basic and instagram_manage_messages as far as you use them.',
  ],
  links: [
    { label: 'Meta for Developers: your apps', url: 'https://developers.facebook.com/apps' },
    { label: 'Business settings: system users', url: 'https://business.facebook.com/settings/system-users' },
  ],
  fields,
});

const calls = (object: string, webhook: string, told: string): GuideStep => ({
  title: 'Let Meta call us',
  lines: [
    'App settings → Basic: press “Show” beside “App secret” and enter it here. Have a verify token made. Save both here first: Meta asks for them at once.',
    `In the app open Webhooks, choose “${object}”, paste the callback address and the verify token, press “Verify and save”.`,
    `Subscribe to ${told}.`,
  ],
  copies: [{ label: 'Callback URL', text: webhook }],
  fields: [
    { path: 'appSecrets.0', label: 'App secret', secret: true, rotates: true },
    {
      path: 'verifyToken',
      label: 'Verify token',
      hint: 'Any word; the same here and at Meta. Copy it before you save: it is not shown again.',
      secret: true,
      made: true,
    },
  ],
});
