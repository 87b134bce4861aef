/** whatsapp-web.js in the browser that the other cases have opened: the contract of every channel. */
import type { LinkedAccount } from '../../../src/channels/whatsapp/linked/account.ts';
import { channelContract } from '../contract/suite.ts';
import { phase, type relay } from './linked-contract.ts';
import type { PageServer } from './page/server.ts';

type World = {
  wa: PageServer;
  account: LinkedAccount;
  to: ReturnType<typeof relay>['to'];
  has: ReturnType<typeof relay>['has'];
};

export function webContract(world: () => World, customer: { phone: string; lid: string }): void {
  /** The page confirms by itself: a message counts as acknowledged when it is kept, and as refused when the page is closed. */
  async function told(id: string, text: string): Promise<void> {
    const { wa, has } = world();
    const ended = wa.state.ended;
    wa.say({ id, from: `${customer.lid}@lid`, text, name: 'Priya' });
    await wa.until(() => has(id) || wa.state.ended > ended, `what becomes of ${id}`);
    if (!has(id)) throw new Error('the page was closed');
  }

  channelContract({
    name: 'whatsapp by its page',
    secrets: ['ref-1,'],
    async open(port) {
      const { wa, account, to } = world();
      const { phase: now } = await account.link.state();
      if (now !== 'online') await account.link.pair();
      await wa.until(wa.isOpen, 'the page');
      await phase(account, 'online');
      wa.sent.splice(0);
      to(port);
      return {
        account,
        sent: () => wa.sent.map(({ to, text }) => ({ to, text })),
        async close() {},
      };
    },
    deliver: (_, { id, text }) => told(id, text),
    send: {
      to: customer.phone,
      meta: { lastInboundAt: '2026-11-23T09:00:00Z' },
      // The page names neither a pace nor a token; a lost answer is a browser that ends, and stands beside this.
      lacks: ['rate', 'auth', 'timeoutAfterAccept'],
    },
    refusesPrivateMedia: true,
  });
}
