/** How calls are connected: Twilio, or Exotel and dialers that call alike. */
import type { Guide, GuideField, GuidePlace } from '../../core/guide.ts';

export const telephonyGuide = (place: GuidePlace): Guide =>
  place.settings.provider === 'exotel' ? exotel(place) : twilio(place);

const answering: GuideField[] = [
  {
    path: 'menu',
    label: 'Flow that answers',
    hint: 'telephone is the one shipped; empty: colleagues are rung at once.',
    optional: true,
  },
  { path: 'forward', label: 'Who is rung', hint: 'Numbers with their country, with commas.', optional: true },
];

/** twilio.com/docs/voice/twiml#twilios-request-to-your-application */
const twilio = ({ webhook }: GuidePlace): Guide => ({
  intro: 'Calls by Twilio: each is logged, a missed one becomes a task, a menu may answer.',
  steps: [
    {
      title: 'The account',
      lines: [
        'Open the Twilio Console: “Account Info” shows the account SID and the auth token. Text messages share them.',
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
        'Phone Numbers → Manage → Active numbers → your number → Voice configuration: where “A call comes in” and at “Call status changes”, choose Webhook, POST, and paste the address into both.',
      ],
      links: [
        {
          label: 'Twilio: active numbers',
          url: 'https://console.twilio.com/us1/develop/phone-numbers/manage/incoming',
        },
      ],
      copies: [{ label: 'A call comes in, Call status changes', text: webhook }],
    },
    {
      title: 'Who answers',
      lines: ['Recording what is spoken is forbidden in many places without consent: ask your lawyer first.'],
      fields: [
        ...answering,
        {
          path: 'record',
          label: 'Recordings',
          optional: true,
          options: [
            { value: 'false', label: 'None' },
            { value: 'true', label: 'Each call is recorded' },
          ],
        },
      ],
    },
  ],
});

/** support.exotel.com: “Working with Passthru applet” */
const exotel = ({ webhook }: GuidePlace): Guide => ({
  intro:
    'Calls by Exotel, or by a dialer that reports alike. Exotel signs nothing: a long word in the address tells that it is Exotel.',
  steps: [
    {
      title: 'The word in the address',
      lines: ['Have a word made, copy it, save it. It is asked for with each call that Exotel reports.'],
      fields: [
        {
          path: 'tokens.0',
          label: 'Word in the address',
          hint: 'Copy it before you save: it is not shown again.',
          secret: true,
          rotates: true,
          made: true,
        },
      ],
    },
    {
      title: 'Let Exotel call us',
      lines: [
        'Paste the address with your word at its end, in place of WORD.',
        'App Bazaar → your call flow: add a “Passthru” applet after the connect applet and paste the address there, as GET.',
        'For outgoing calls give the same address as StatusCallback.',
      ],
      links: [{ label: 'Exotel: App Bazaar', url: 'https://my.exotel.com/apps' }],
      copies: [{ label: 'Passthru, StatusCallback', text: `${webhook}?token=WORD` }],
    },
    {
      title: 'Recordings and answering',
      lines: [
        'Recordings that ask for it are fetched with the API key and token of Settings → API settings.',
      ],
      fields: [
        { path: 'apiKey', label: 'API key', optional: true },
        { path: 'apiToken', label: 'API token', secret: true, optional: true },
        ...answering,
      ],
    },
  ],
});
