/** Timers by the hundred: shared by workers, each run once, a bad one among them, a worker that died with some in hand. */

import { LeaseModel } from '../../src/core/lease.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { createTimers, setTimer, TimerModel } from '../../src/core/timers.ts';
import { createUser, updateUser } from '../../src/domain/staff/contract.ts';
import { UserModel } from '../../src/domain/staff/model.ts';
import { type TestApp, testApp } from '../support/app.ts';

describe('timers that are due together', () => {
  let app: TestApp;
  const due = new Date('2026-03-11T06:00:00Z');
  beforeAll(async () => {
    app = await testApp();
  });
  beforeEach(async () => {
    await TimerModel.deleteMany({});
    await LeaseModel.deleteMany({});
    await UserModel.deleteMany({});
    app.clock.set('2026-03-11T05:00:00Z');
  });
  afterAll(() => app.dispose());

  const hire = (n: number) =>
    setTimer({
      key: `t:${n}`,
      dueAt: due,
      command: createUser.name,
      input: { email: `u${n}@example.com`, name: `User ${n}`, role: 'manager' },
    });
  const worker = () => createTimers({ bus: app.bus, clock: app.clock, log: silentLogger, pollMs: 3_600_000 });
  const hired = async () => (await UserModel.find({}, { email: 1 }).lean()).map(({ email }) => email).sort();
  const all = (count: number) => Array.from({ length: count }, (_, n) => `u${n}@example.com`).sort();

  it('are shared by two workers, each run exactly once [M48]', async () => {
    for (let n = 0; n < 330; n++) await hire(n);
    app.clock.set(due);
    const workers = [worker(), worker()];
    for (const each of workers) each.start();
    await Promise.all(workers.map((each) => each.idle()));
    await Promise.all(workers.map((each) => each.stop()));
    // The address of a user is unique: hired twice, the second would have failed and be here still.
    expect(await TimerModel.countDocuments({})).toBe(0);
    expect(await hired()).toEqual(all(330));
  }, 60_000);

  it('are run though one of them is refused, which stays with its reason', async () => {
    for (let n = 0; n < 30; n++) await hire(n);
    const bad = { command: updateUser.name, input: { id: 'nobody', active: false } };
    await setTimer({ key: 't:bad', dueAt: new Date(due.getTime() - 1), ...bad });
    app.clock.set(due);
    const one = worker();
    one.start();
    await one.idle();
    await one.stop();
    expect(await hired()).toEqual(all(30));
    expect(await TimerModel.find({}, { _id: 1, failures: 1 }).lean()).toEqual([
      { _id: 't:bad', failures: 1 },
    ]);
  }, 60_000);

  it('are taken over from a worker that died, a few seconds later and not before', async () => {
    for (let n = 0; n < 40; n++) await hire(n);
    app.clock.set(due);
    // It was heard of at this moment, and never again.
    const until = new Date(due.getTime() + 3000);
    await LeaseModel.create([{ _id: 'timers:dead', owner: 'timers:dead', until, token: 0 }]);
    const other = worker();
    other.start();
    await other.idle();
    const before = await hired();
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(40);
    app.clock.set(until);
    await other.idle();
    await other.stop();
    expect(await hired()).toEqual(all(40));
  }, 60_000);

  it('are left to the others by a worker that ends', async () => {
    for (let n = 0; n < 40; n++) await hire(n);
    app.clock.set(due);
    const [first, second] = [worker(), worker()];
    first.start();
    await first.stop();
    second.start();
    await second.idle();
    await second.stop();
    expect(await hired()).toEqual(all(40));
    expect(await LeaseModel.countDocuments({ _id: /^timers:/ })).toBe(0);
  }, 60_000);

  it('that are set again are run at their new time only', async () => {
    await hire(0);
    await setTimer({
      key: 't:0',
      dueAt: new Date('2026-03-11T08:00:00Z'),
      command: createUser.name,
      input: { email: 'u0@example.com', name: 'User 0', role: 'manager' },
    });
    const one = worker();
    one.start();
    app.clock.set('2026-03-11T07:00:00Z');
    await one.idle();
    expect(await hired()).toEqual([]);
    app.clock.set('2026-03-11T08:00:00Z');
    await one.idle();
    await one.stop();
    expect(await hired()).toEqual(all(1));
  }, 60_000);
});
