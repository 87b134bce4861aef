/** WhatsApp, by one of several drivers: an account's setting `driver` names which. */
import { defineChannel } from '../../core/define.ts';
import { forAudience } from '../staff/account.ts';
import { driverSettings, openDriver } from './drivers.ts';
import { whatsappGuide } from './guide.ts';
import { capabilities } from './settings.ts';

export const whatsapp = defineChannel({
  name: 'whatsapp',
  label: 'WhatsApp',
  audience: 'customer',
  capabilities,
  settings: driverSettings,
  guide: whatsappGuide,
  open: ({ id, settings }, port) => forAudience(settings, port, (port) => openDriver(id, settings, port)),
});
