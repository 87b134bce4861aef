/** How WhatsApp is connected: Meta's Cloud API, or a phone that is linked. */
import type { Guide, GuidePlace } from '../../core/guide.ts';
import { colleaguesStep } from '../staff/guide.ts';

export const whatsappGuide = (place: GuidePlace): Guide =>
  'driver' in place.settings && place.settings.driver !== 'cloud' ? linked : cloud(place);

// Meta's pages: developers.facebook.com/docs/whatsapp/cloud-api/get-started
const cloud = ({ webhook, settings }: GuidePlace): Guide => ({
  intro:
    settings.audience === 'staff'
      ? 'A number by which colleagues work their leads: another one than the customers’, and another app at Meta, since Meta calls one address for all numbers of an app.'
      : 'WhatsApp for business, by Meta’s Cloud API. You need a Facebook account, a business portfolio at Meta and a number that is not used in the WhatsApp app.',
  steps: [
    {
      title: 'Make an app at Meta',
      lines: [
        'Open your apps at Meta for Developers and press “Create App”.',
        'Choose the use case “Connect with customers through WhatsApp”, then your business portfolio.',
        'In the app open WhatsApp → API Setup, add your telephone number and confirm it by the code that Meta sends. “Phone number ID” and “WhatsApp Business Account ID” stand there.',
      ],
      links: [{ label: 'Meta for Developers: your apps', url: 'https://developers.facebook.com/apps' }],
      fields: [
        { path: 'phoneNumberId', label: 'Phone number ID', hint: 'A long number; not the telephone number.' },
        {
          path: 'businessAccountId',
          label: 'WhatsApp Business Account ID',
          hint: 'For the list of templates and whether Meta has approved them.',
          optional: true,
        },
      ],
    },
    {
      title: 'Make a token that lasts',
      lines: [
        'In Business settings open Users → System users, add one with the role Admin.',
        'Press “Assign assets”: the app with full control, and the WhatsApp account with full control.',
        'Press “Generate token”, choose the app, “Never” as its end, and the permissions whatsapp_business_messaging and whatsapp_business_management. Copy the token: Meta shows it once.',
        'The token shown under API Setup ends after a day: it is for a first try only.',
      ],
      links: [
        {
          label: 'Business settings: system users',
          url: 'https://business.facebook.com/settings/system-users',
        },
      ],
      fields: [{ path: 'accessToken', label: 'Access token', hint: 'Begins with EAA.', secret: true }],
    },
    {
      title: 'Let Meta call us',
      lines: [
        'App settings → Basic: press “Show” beside “App secret” and enter it here. Have a verify token made. Save both here first: Meta asks for them at once.',
        'WhatsApp → Configuration → Webhook → Edit: paste the callback address and the verify token, press “Verify and save”.',
        'Below, under “Webhook fields”, subscribe to “messages”.',
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
    },
    {
      title: 'Templates',
      lines: [
        '24 hours after a customer’s last word only templates go out that Meta has approved: WhatsApp Manager → Message templates.',
        'For reminders: category Utility, one variable, e.g. “An update on your request: {{1}}”.',
        'For one-time codes: category Authentication, with the button “Copy code”. It can be asked for below the list of channels.',
      ],
      links: [
        {
          label: 'WhatsApp Manager: templates',
          url: 'https://business.facebook.com/wa/manage/message-templates/',
        },
      ],
      fields: [
        {
          path: 'noticeTemplate',
          label: 'Template of reminders',
          hint: 'Name and language: notice:en',
          optional: true,
        },
        {
          path: 'codeTemplate',
          label: 'Template of one-time codes',
          hint: 'Name and language: one_time_code:en',
          optional: true,
        },
      ],
    },
    ...(settings.audience === 'staff' ? [colleaguesStep('“link” with the code to this number')] : []),
  ],
});

const linked: Guide = {
  intro:
    'A phone that is linked by a code, as WhatsApp Web is. WhatsApp does not allow it and blocks numbers for it: take a number that you can do without.',
  steps: [
    {
      title: 'Choose how it is driven',
      lines: [
        'Baileys speaks WhatsApp’s own protocol and needs little. WhatsApp’s page in a browser is the fallback: it needs Chromium and about 0.9 GB of memory.',
        'As shipped only those are answered who have written first, and at most 500 messages go out in a day: less gets a number blocked less.',
      ],
      fields: [
        {
          path: 'driver',
          label: 'Driver',
          options: [
            { value: 'baileys', label: 'Baileys' },
            { value: 'web', label: 'WhatsApp’s page in Chromium' },
          ],
        },
        {
          path: 'replyOnly',
          label: 'Whom it writes to',
          optional: true,
          options: [
            { value: 'true', label: 'Only who has written' },
            { value: 'false', label: 'Everybody (gets numbers blocked)' },
          ],
        },
        { path: 'dailyCap', label: 'Messages a day', optional: true },
      ],
    },
    {
      title: 'Link the phone',
      lines: [
        'Press “Phone” beside this account in the list of channels, then “Link a phone”: a code is shown.',
        'On the phone: WhatsApp → Settings → Linked devices → Link a device, and point its camera at the code.',
        'The phone has to be online at least every two weeks.',
      ],
    },
  ],
};
