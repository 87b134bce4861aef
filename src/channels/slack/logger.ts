import type { Logger } from '../../core/logger.ts';

/** Slack's libraries log through ours. Their debug level prints whole payloads and addresses with tickets: left out. */
export function boltLogger(log: Logger) {
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[level]({ library: 'slack' }, parts.map(String).join(' '));
  return {
    debug() {},
    info() {},
    warn: line('warn'),
    error: line('error'),
    setLevel() {},
    getLevel: () => 'info' as never,
    setName() {},
  };
}
