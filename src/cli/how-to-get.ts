/** Where an account's settings come from, in the words of the provider's own pages. */
export const howToGet: Record<string, string> = {
  whatsapp:
    'Meta for Developers → your app → WhatsApp → API Setup gives the phone number ID and a token; App settings → Basic the app secret. Choose a verify token yourself and enter it with the webhook address /webhooks/whatsapp/<account>. Without an account at Meta a phone can be linked (WHATSAPP_PHONE_DRIVER=baileys), at the risk that its number is blocked: docs/guide/whatsapp.md.',
  slack:
    'api.slack.com/apps → your app → OAuth & Permissions gives the bot token; Basic Information the signing secret. Point the slash command /crm, interactivity and events to /webhooks/slack/<account>, or set SLACK_APP_TOKEN for Socket Mode.',
  facebook:
    'Meta for Developers → your app → Messenger → Settings: add the page and generate its token (a system user’s does not expire); App settings → Basic gives the app secret. Webhooks → Page: enter /webhooks/facebook/<account> with a verify token of your own choice. The page is subscribed to by itself.',
  instagram:
    'As for Facebook, with the professional account’s number; Webhooks → Instagram: enter /webhooks/instagram/<account> and subscribe to messages and comments.',
  telegram:
    'Write /newbot to @BotFather in Telegram: it gives the token. One bot for customers, another for colleagues. The address of the webhook is told to Telegram by itself; it must be public https. Without one set TELEGRAM_POLLING=true.',
  telephony:
    'Twilio Console → Account Info gives the account SID and the auth token; enter /webhooks/telephony/<account> for your number where a call comes in and where its status changes. Exotel: choose a long random word as token and enter /webhooks/telephony/<account>?token=<word> in the passthru applet and as status callback.',
  sms: 'Twilio Console → Account Info gives the account SID and the auth token; TWILIO_SMS_FROM is your number or a messaging service (MG…). Enter /webhooks/sms/<account> where a message comes in. SMPP: the operator names host, port, system id and password; SMPP_SENDER is your registered header or number, and in India the DLT ids of the entity and the template are needed.',
  email: 'The mailbox’s IMAP and SMTP host, user and password; many providers want an app password.',
};
