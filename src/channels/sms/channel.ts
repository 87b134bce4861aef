/** Text messages, by an SMSC that is spoken to directly or by Twilio: the rest of the house cannot tell which. */
import { defineChannel } from '../../core/define.ts';
import { forAudience } from '../staff/account.ts';
import { smsGuide } from './guide.ts';
import { capabilities, settingsSchema } from './settings.ts';

export const sms = defineChannel({
  name: 'sms',
  label: 'SMS',
  audience: 'customer',
  capabilities,
  settings: settingsSchema,
  guide: smsGuide,
  open: ({ id, settings }, port) =>
    forAudience(settings, port, async (port) =>
      settings.driver === 'smpp'
        ? (await import('./smpp/driver.ts')).openSmpp(id, settings, port)
        : (await import('./twilio/driver.ts')).openTwilio(id, settings, port),
    ),
});
