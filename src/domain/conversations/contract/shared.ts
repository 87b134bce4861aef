import { z } from 'zod';

export const byId = z.object({ conversationId: z.string() });
export const ok = z.object({ ok: z.literal(true) });
