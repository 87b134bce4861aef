/** Notices of colleagues in their browsers, also while the console is closed: Web Push (RFC 8030, 8291, 8292). */
import { z } from 'zod';
import { defineChannel } from '../../core/define.ts';
import { pushGuide } from './guide.ts';
import { keptKeys } from './keys.ts';
import { pushSender } from './send.ts';

export const push = defineChannel({
  name: 'push',
  label: 'Browser',
  audience: 'staff',
  capabilities: { text: 1000, media: false, ambiguity: 'resend' },
  settings: z.object({
    /** Whom a push service may write to about us: an address or a page. Default: where the console is. */
    subject: z
      .string()
      .regex(/^(mailto:.+@|https:\/\/)/, 'must be mailto:… or https://…')
      .optional(),
    /** Push services of one's own that are inside the network, as host:port. */
    trusted: z.array(z.string()).default([]),
  }),
  guide: pushGuide,
  async open({ settings }, port) {
    const keys = await keptKeys(port.state);
    const page = port.publicUrl.startsWith('https://') ? port.publicUrl : undefined;
    const subject = settings.subject ?? page ?? 'mailto:postmaster@localhost.localdomain';
    return {
      send: pushSender({ keys, subject, trusted: settings.trusted, ...(port.gone && { gone: port.gone }) }),
      health: async () => ({ ok: true, detail: `keys since ${keys.since}` }),
    };
  },
});
