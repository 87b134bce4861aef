/** How an address of somebody reads. */
import { channelLabel } from './channel-icon.tsx';
import { grouped } from './phone.ts';

const schemes: Record<string, string> = {
  visitor: 'Web chat visitor',
  wa_bsuid: 'WhatsApp user',
  wa_lid: 'WhatsApp',
  phone: 'Telephone',
  email: 'E-mail',
  psid: 'Facebook',
};
const shorten = (value: string) => (value.length > 28 ? `${value.slice(0, 26)}…` : value);

/** `Web chat visitor: v12`, `Telephone: +91 98450 12345` */
export const identityWords = ({ scheme, value }: { scheme: string; value: string }): string =>
  `${schemes[scheme] ?? channelLabel(scheme)}: ${scheme === 'phone' ? grouped(value) : scheme === 'email' ? value : shorten(value)}`;
