/** SMS by SMPP against `smpp` as an SMSC: the contract of every channel. */
import { expect } from '@jest/globals';
import { type Smsc, startSmsc } from '../../../src/channels/emulator/sms/smsc.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import { measure } from '../../../src/core/segments.ts';
import { channelContract } from '../contract/suite.ts';
import { customer, openLine, password } from './line.ts';

const smscs = new WeakMap<ChannelAccount, Smsc>();
const smscOf = ({ account }: { account: ChannelAccount }): Smsc => smscs.get(account)!;

channelContract({
  name: 'sms',
  secrets: [password],
  async open(port) {
    const smsc = await startSmsc({ password });
    const account = await openLine(smsc, port);
    smscs.set(account, smsc);
    return {
      account,
      sent: () => smsc.taken().map(({ text, to }) => ({ to: `+${to}`, text })),
      // 14: ESME_RINVPASWD.
      fail: (how) => void smsc.fail(how === 'auth' ? 14 : how),
      async close() {
        await account.stop!();
        await smsc.close();
      },
    };
  },
  deliver: (opened, { text }) => smscOf(opened).say(customer, text),
  // Data coding 4 is binary: a ring tone, a picture.
  deliverUnknown: (opened) =>
    smscOf(opened).deliver({
      source_addr: customer.slice(1),
      source_addr_ton: 1,
      destination_addr: '56161',
      data_coding: 4,
      short_message: Buffer.from([1, 2, 3]),
    }),
  send: { to: customer },
  golden: {
    dir: new URL('./golden/', import.meta.url),
    limitsHold({ text }) {
      expect(measure(text).segments).toBeLessThanOrEqual(10);
    },
  },
  refusesPrivateMedia: true,
});
