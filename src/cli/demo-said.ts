import type { App } from '../app.ts';
import type { Clock } from '../core/clock.ts';
import type { Enquirer } from './demo-data.ts';

/** An enquirer writes, and is answered, as if a provider had brought it. `what`: with the moment, the message's id. */
export async function say(
  app: App,
  clock: Clock,
  { channel, account, thread, from, meta }: Enquirer,
  text: string,
  what: string,
): Promise<void> {
  const at = clock.now();
  await app.accept([
    {
      id: `${what}-${at.getTime()}`,
      channel,
      account,
      audience: 'customer',
      thread,
      from,
      at,
      body: { kind: 'text', text },
      ...(meta && { meta }),
    },
  ]);
  await app.idle();
}
