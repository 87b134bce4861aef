import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemActor } from '../../../src/core/actor.ts';
import { ledger, ledgerDays } from '../../../src/domain/conversations/contract.ts';
import { proveLedger } from '../../../src/domain/conversations/jobs.ts';
import { InboxModel } from '../../../src/domain/conversations/model/inbox.ts';
import { MessageModel } from '../../../src/domain/conversations/model/message.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await app.start();
}, 60_000);
afterAll(() => app.dispose());

it('adds up: inbound = recorded + dead-lettered, and names whatever is in neither [B8]', async () => {
  await app.say('Hello', { id: 'a', thread: '+919845000001' });
  await app.say('What does it cost?', { id: 'b', thread: '+919845000001' });
  await app.say('Hi', { id: 'c', thread: '+919845000002' });
  const { _id, ...like } = (await InboxModel.findOne().lean())!;
  await InboxModel.create([{ ...like, _id: 'dead-one', status: 'dead' }]);
  const good = await app.bus.query(ledger, {}, asSystem);
  expect(good).toMatchObject({
    day: '2026-03-11',
    inbound: 4,
    recorded: 3,
    dead: 1,
    waiting: 0,
    difference: 0,
    missing: [],
  });

  // As a fault would leave it: done, and nowhere to be found.
  const gone = (await MessageModel.findOneAndDelete({ inboxId: 'whatsapp:main:c' }).lean())!;
  expect(gone.text).toBe('Hi');
  const bad = await app.bus.query(ledger, {}, asSystem);
  expect(bad).toMatchObject({ inbound: 4, recorded: 2, dead: 1, difference: 1 });
  expect(bad.missing).toMatchObject([
    { id: 'whatsapp:main:c', channel: 'whatsapp', thread: '+919845000002' },
  ]);
});

it('is counted for good when the day has ended [B8]', async () => {
  app.clock.set('2026-03-11T18:40:00Z');
  await app.bus.unitOfWork({ actor: systemActor('jobs'), surface: 'timer' }, proveLedger.run);
  const { items } = await app.bus.query(ledgerDays, {}, asSystem);
  expect(items).toEqual([
    {
      day: '2026-03-11',
      inbound: 4,
      recorded: 2,
      dead: 1,
      waiting: 0,
      difference: 1,
      provedAt: '2026-03-11T18:40:00.000Z',
    },
  ]);
});
