/** The part of the contract for channels that send by a provider. */
import { expect, it } from '@jest/globals';
import type { Content, Outbound, SendErrorKind } from '../../../src/core/messaging.ts';
import type { Contract, Opened } from './contract.ts';
import type { FakePort } from './fake-port.ts';

export function sendContract(
  world: () => { port: FakePort; opened: Opened },
  outbound: (content: Content, id?: string) => Outbound,
  { lacks = [] }: NonNullable<Contract['send']>,
): void {
  it('sends a text once and names it by the provider’s id', async () => {
    const { opened } = world();
    const result = await opened.account.send(outbound({ kind: 'text', text: 'Welcome!' }));
    expect(result).toMatchObject({ ok: true, providerId: expect.stringMatching(/.+/) });
    expect(opened.sent()).toHaveLength(1);
    expect(JSON.stringify(opened.sent())).toContain('Welcome!');
  });

  const faults: [string, 'rate' | 'timeoutAfterAccept' | 'auth', SendErrorKind][] = [
    ['honours a 429: says how long to wait', 'rate', 'rate'],
    ['calls a lost answer ambiguous, and never sends twice by itself', 'timeoutAfterAccept', 'ambiguous'],
    ['reports a refused token as such', 'auth', 'auth'],
  ];
  for (const [title, fault, kind] of faults) {
    if (lacks.includes(fault)) continue;
    it(title, async () => {
      const { opened } = world();
      if (!opened.fail) throw new Error('the contract names no way to make the provider fail');
      opened.fail(fault);
      const result = await opened.account.send(outbound({ kind: 'text', text: 'Once only' }));
      expect(result).toMatchObject({ ok: false, error: kind });
      if (fault === 'rate') expect((result as { retryAfterMs?: number }).retryAfterMs).toBeGreaterThan(0);
      expect(opened.sent()).toHaveLength(fault === 'timeoutAfterAccept' ? 1 : 0);
    });
  }
}
