/** The contract of every channel over a linked driver: its process is started and paired once, each case gets a port of its own. */
import type { LinkedAccount } from '../../../src/channels/whatsapp/linked/account.ts';
import type { ChannelPort } from '../../../src/core/define.ts';
import { eventually } from '../../support/eventually.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';

/** What the driver holds on to for good; what it tells goes to the port of the case that runs. */
export function relay() {
  const own = fakePort();
  let current: FakePort = own;
  const port: ChannelPort = {
    ...own,
    // The library drops what is older than its own start.
    clock: { now: () => new Date() },
    accept: (events) => current.accept(events),
    receipts: (receipts) => current.receipts(receipts),
    log: {
      debug: (details, message) => current.log.debug(details, message),
      info: (details, message) => current.log.info(details, message),
      warn: (details, message) => current.log.warn(details, message),
      error: (details, message) => current.log.error(details, message),
      child: () => port.log,
    },
  };
  return {
    port,
    to: (next: FakePort): void => {
      current = next;
    },
    /** Whether this message has been kept. */
    has: (id: string): boolean => current.events.some((event) => event.id.endsWith(`/${id}`)),
  };
}

export const phase = (account: LinkedAccount, wanted: string) =>
  eventually(async () => {
    const state = await account.link.state();
    return state.phase === wanted ? state : undefined;
  }, `the link is ${wanted}`);
