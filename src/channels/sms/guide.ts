/** How text messages are connected: by Twilio, or by an operator's SMSC. */
import type { Guide, GuidePlace } from '../../core/guide.ts';

export const smsGuide = (place: GuidePlace): Guide =>
  place.settings.driver === 'smpp' ? smpp : twilio(place);

/** twilio.com/docs/messaging/guides/webhook-request */
const twilio = ({ webhook }: GuidePlace): Guide => ({
  intro: 'Text messages by Twilio, both ways, with receipts.',
  steps: [
    {
      title: 'The account',
      lines: [
        'Open the Twilio Console: “Account Info” shows the account SID and the auth token.',
        'Both are shared with telephone calls by Twilio.',
      ],
      links: [{ label: 'Twilio Console', url: 'https://console.twilio.com' }],
      fields: [
        { path: 'accountSid', label: 'Account SID', hint: 'Begins with AC.' },
        { path: 'authTokens.0', label: 'Auth token', secret: true, rotates: true },
      ],
    },
    {
      title: 'The number',
      lines: [
        'Phone Numbers → Manage → Active numbers → your number → Messaging configuration: where “A message comes in”, choose Webhook, POST, and paste the address.',
        'A messaging service has the same under Integration → “Send a webhook”.',
        'Receipts need nothing: each message tells Twilio where to report.',
      ],
      links: [
        {
          label: 'Twilio: active numbers',
          url: 'https://console.twilio.com/us1/develop/phone-numbers/manage/incoming',
        },
      ],
      copies: [{ label: 'A message comes in', text: webhook }],
      fields: [
        {
          path: 'from',
          label: 'Sent from',
          hint: 'Your number with its country, or a messaging service (MG…).',
        },
      ],
    },
    {
      title: 'What the law asks',
      lines: [
        'USA: register brand and campaign (A2P 10DLC). India: the sender and each template must be registered on DLT; an operator’s SMSC is usually the better way there.',
      ],
    },
  ],
});

const smpp: Guide = {
  intro: 'Text messages by your operator’s SMSC, over SMPP 3.4.',
  steps: [
    {
      title: 'What the operator gives you',
      lines: [
        'Ask for an SMPP account as transceiver. Its paper names host, port, system id and password, and whether the line is encrypted.',
        'Most operators let in known addresses only: tell them the public address of this server.',
      ],
      fields: [
        { path: 'host', label: 'Host', place: true },
        { path: 'port', label: 'Port', hint: '2775; with TLS often 3550', optional: true },
        {
          path: 'tls',
          label: 'Encryption',
          optional: true,
          place: true,
          options: [
            { value: 'false', label: 'None (a private line)' },
            { value: 'true', label: 'TLS' },
          ],
        },
        { path: 'systemId', label: 'System id' },
        { path: 'password', label: 'Password', secret: true, hint: 'At most eight characters.' },
        {
          path: 'sender',
          label: 'Sender',
          hint: 'A number, or in India the registered header of six letters.',
        },
      ],
    },
    {
      title: 'In India: DLT',
      lines: [
        'Register the firm, the header and each text on the operator’s DLT portal. The entity’s id and the template’s id go with each message; operators drop what lacks them.',
      ],
      fields: [
        { path: 'dlt.entityId', label: 'Entity id', optional: true },
        { path: 'dlt.templateId', label: 'Template id', hint: 'Of what is written freely.', optional: true },
      ],
    },
  ],
};
