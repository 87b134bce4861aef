// Parley, whole: durable inbox, real flow and understanding, one transaction a turn, outbox, on the embedded store.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { Outbound } from '../../src/core/messaging.ts';
// @ts-expect-error plain JavaScript, shared with the peers
import { hold } from './talk.mjs';

export async function run({ conversations, rounds }: { conversations: number; rounds: number }) {
  const config = loadConfig({
    PARLEY_DATA: mkdtempSync(join(tmpdir(), 'parley-bench-')),
    PARLEY_SECRET: 'x'.repeat(32),
    PARLEY_ROLE: 'worker',
    LOG_LEVEL: 'silent',
  });
  config.accounts = [];
  const waiting = new Map<string, () => void>();
  const capabilities = { text: 4096, media: true, ambiguity: 'resend' as const };
  const send = async ({ to, id }: Outbound) => {
    waiting.get(to)?.();
    return { ok: true as const, providerId: id };
  };
  const app = await createApp({ config, log: silentLogger, sender: () => ({ capabilities, send }) });
  await app.start();
  let count = 0;
  const say = (conversation: number, text: string, round: number) =>
    new Promise<void>((resolve) => {
      const thread = `v${conversation}-${round}`;
      waiting.set(thread, resolve);
      void app.accept([
        {
          id: `m${++count}`,
          channel: 'bench',
          account: 'main',
          audience: 'customer',
          thread,
          from: [{ scheme: 'visitor', value: thread }],
          at: new Date(),
          body: { kind: 'text', text },
        },
      ]);
    });
  const warm = await hold({
    conversations: 1,
    rounds: 1,
    say: (_: number, line: string) => say(-1, line, 0),
  });
  const result = {
    name: 'Parley (durable)',
    warmTurns: warm.turns,
    ...(await hold({ conversations, rounds, say })),
  };
  await app.stop();
  return result;
}
