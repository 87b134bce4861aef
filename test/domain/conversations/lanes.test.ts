import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { silentLogger } from '../../../src/core/logger.ts';
import { createLanes, type Lanes } from '../../../src/domain/conversations/lanes.ts';
import { InboxModel } from '../../../src/domain/conversations/model/inbox.ts';
import { type Sales, sales } from '../sales/harness.ts';

let crm: Sales;
let lanes: Lanes | undefined;
beforeEach(async () => {
  crm = await sales();
});
afterEach(async () => {
  await lanes?.stop();
  await crm.dispose();
});

it('obeys several commands that a colleague sends at once, each by itself, without waiting for the next look', async () => {
  const now = crm.clock.now();
  await InboxModel.create(
    ['first', 'second', 'third'].map((text, n) => ({
      _id: `slack:main:${n}`,
      lane: 'slack:main:U1',
      order: String(n),
      event: { audience: 'staff', at: now, body: { kind: 'text', text } } as never,
      receivedAt: now,
      nextAt: now,
    })),
  );
  const heard: string[][] = [];
  lanes = createLanes({
    clock: crm.clock,
    log: silentLogger,
    pollMs: 3_600_000,
    onDead: async () => {},
    handle: async (entries) => {
      heard.push(entries.map(({ event }) => (event.body as { text: string }).text));
      await InboxModel.updateOne({ _id: entries[0]!._id }, { $set: { status: 'done' } });
      return true;
    },
  });
  lanes.start();
  await lanes.idle();
  expect(heard).toEqual([['first'], ['second'], ['third']]);
});
