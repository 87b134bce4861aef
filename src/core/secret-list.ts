import { z } from 'zod';

/**
 * Secrets of which any one is right: one, or two while it is being changed. A variable may hold both, with a comma between:
 * `WHATSAPP_APP_SECRET=new,old`.
 */
export const secretList = z.array(z.string()).transform((secrets) =>
  secrets
    .flatMap((secret) => secret.split(','))
    .map((secret) => secret.trim())
    .filter(Boolean),
);
