/**
 * Keeps one linked phone connected: holds the account's lease, runs the driver's process under it, decides what follows
 * when the connection or the process ends, and keeps in the database where it stands, for every process to read.
 */
import type { ChannelPort } from '../../../core/define.ts';
import type { AppSide, Closed, DriverSide } from './contract.ts';
import type { DriverProcess } from './driver-process.ts';
import { type LinkState, type Order, unlinked } from './link-state.ts';
import { afterClose, isResting, type Phase } from './rules.ts';
import { ended, sleep } from './waits.ts';

export type SupervisorDeps = {
  port: ChannelPort;
  settings: Record<string, unknown> & { recycleMegabytes: number };
  /** Forks the driver; it gets what it may ask of the app. */
  fork: (app: AppSide) => DriverProcess;
  /** What the account does with messages; the rest of `AppSide` is the supervisor's. */
  app: (token: number) => Pick<AppSide, 'accept' | 'receipts' | 'keysGet' | 'keysSet' | 'sending'>;
  wait?: (ms: number, stop: AbortSignal) => Promise<void>;
  /** How often orders given in another process are looked for. */
  orderPollMs?: number;
};

export type Supervisor = ReturnType<typeof createSupervisor>;

/** A process that says nothing for so long hangs. */
const silentMs = 90_000;
/** Time for the library to load and the connection to stand. */
const startMs = 120_000;

export function createSupervisor({
  port,
  settings,
  fork,
  app,
  wait = sleep,
  orderPollMs = 1_500,
}: SupervisorDeps) {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let orders: NodeJS.Timeout | undefined;
  let state: LinkState | undefined;
  let online: { driver: DriverSide; pid: number } | undefined;
  /** Rings when an order has come. */
  let bell = Promise.withResolvers<void>();
  let order: Order | undefined;
  let failures = 0;
  /** While another process may hold the account, orders are left to it. */
  let mayObey = true;

  async function become(phase: Phase, more: Partial<LinkState> = {}): Promise<void> {
    const { isPaired = false, me } = state ?? {};
    state = {
      phase,
      isPaired,
      ...(me && { me }),
      ...more,
      since: port.clock.now().toISOString(),
    };
    // A word to people: that it cannot be written must not bring the connection down.
    await port.state.set('link', state).catch(() => {});
  }

  async function run(): Promise<void> {
    state = (await port.state.get<LinkState>('link')) ?? unlinked(port.clock.now());
    while (!stopping.signal.aborted) {
      if (isResting(state.phase) && order !== 'pair') {
        await Promise.race([bell.promise, ended(stopping.signal)]);
        if (order === 'unpair') await forget();
        continue;
      }
      mayObey = false;
      const lease = await leaseUnlessStopped();
      if (!lease) return;
      mayObey = true;
      // What became of it while another process held it counts.
      state = (await port.state.get<LinkState>('link')) ?? state;
      try {
        if (!isResting(state.phase) || order === 'pair') await hold(lease);
      } catch (error) {
        port.log.error({ err: error, channel: 'whatsapp' }, 'the linked phone’s supervisor failed');
        await wait(5_000, stopping.signal);
      } finally {
        await lease.release().catch(() => {});
      }
    }
  }

  /** Another process may hold it for ever: stopping must not wait for that. */
  async function leaseUnlessStopped() {
    const asked = port.lease('socket');
    const lease = await Promise.race([asked, ended(stopping.signal)]);
    if (!lease) void asked.then((late) => late.release()).catch(() => {});
    return lease;
  }

  /** Everything under one lease; ends when the account rests, the lease is lost or we stop. */
  async function hold(lease: { token: number; lost: AbortSignal }): Promise<void> {
    const stop = AbortSignal.any([stopping.signal, lease.lost]);
    // From here on nobody with an older token writes.
    await port.keys.set([], lease.token);
    while (!stop.aborted) {
      const wasOrdered = order === 'pair';
      order = undefined;
      if (wasOrdered && state!.phase === 'banned') failures = 0;
      const { closed, onlineMs } = await session(lease, stop);
      if (stop.aborted) return;
      if ((order as Order | undefined) === 'unpair') return forget(lease.token);
      const isOurs = await stillOurs(lease.token);
      const next = afterClose(closed.code, { failures, onlineMs, isPaired: state!.isPaired, isOurs });
      port.log.info(
        { code: closed.code, detail: closed.detail, next: next.do },
        'a linked phone’s connection ended',
      );
      if (next.do === 'yield') return;
      if (next.do === 'rest') {
        if (next.forget) await port.keys.clear(lease.token);
        await become(next.phase, { isPaired: state!.isPaired && !next.forget, why: closed.detail });
        return;
      }
      failures = next.failures;
      await become(next.phase, next.phase === 'reconnecting' ? { why: closed.detail } : {});
      if (next.afterMs) await Promise.race([wait(next.afterMs, stop), bell.promise]);
      if ((order as Order | undefined) === 'unpair') return forget(lease.token);
    }
  }

  /** Whether the lease's token is still the highest: somebody may have taken over without our noticing yet. */
  const stillOurs = (token: number): Promise<boolean> =>
    port.keys.set([], token).then(
      () => true,
      (error: Error) => error.name !== 'TakenOver',
    );

  /** One connection in one process, from fork to end. */
  async function session(
    lease: { token: number },
    stop: AbortSignal,
  ): Promise<{ closed: Closed; onlineMs: number }> {
    const first = state!.isPaired ? 'reconnecting' : 'starting';
    await become(state!.phase === 'pairing' ? 'pairing' : first);
    const over = Promise.withResolvers<Closed>();
    const helpers = new Set<number>();
    let heardAt = performance.now();
    let onlineAt: number | undefined;
    const child = fork({
      ...app(lease.token),
      async qr(code) {
        // Whoever is asked for a code is not paired, whatever was kept.
        await become('scan', { qr: code, isPaired: false, me: undefined });
      },
      async paired(me) {
        await become('pairing', { isPaired: true, me });
      },
      async online(me) {
        onlineAt = port.clock.now().getTime();
        online = { driver: child.driver, pid: child.pid };
        await become('online', { isPaired: true, me });
      },
      async closed(why) {
        online = undefined;
        over.resolve(why);
      },
      async pulse({ megabytes }) {
        heardAt = performance.now();
        if (megabytes > settings.recycleMegabytes)
          over.resolve({ code: 0, detail: `it had grown to ${megabytes} MB and was replaced` });
      },
      async helper(pid) {
        helpers.add(pid);
      },
      async log(level, message, detail) {
        port.log[level]({ ...detail, channel: 'whatsapp' }, message);
      },
    });
    const watch = setInterval(() => {
      if (performance.now() - heardAt > silentMs)
        over.resolve({ code: 0, detail: 'the driver did not answer any more' });
    }, 5_000);
    watch.unref();
    const late = setTimeout(() => {
      if (onlineAt === undefined && state?.phase !== 'scan')
        over.resolve({ code: 0, detail: 'the driver did not connect in time' });
    }, startMs);
    late.unref();
    child.driver.connect(settings).catch((error: Error) => over.resolve({ code: 0, detail: error.message }));
    const closed = await Promise.race([
      over.promise,
      child.ended.then((words) => ({ code: 0, detail: `the driver’s process ${words}` })),
      ended(stop).then(() => ({ code: 0, detail: 'stopped' })),
      bell.promise.then(async () => {
        if (order === 'unpair') await unpairGently(child.driver, wait, stop);
        return { code: 0, detail: 'ordered' };
      }),
    ]);
    clearInterval(watch);
    clearTimeout(late);
    online = undefined;
    child.kill();
    // No second socket before the first is gone.
    await child.ended;
    for (const pid of helpers) endGroup(pid);
    return { closed, onlineMs: onlineAt === undefined ? 0 : port.clock.now().getTime() - onlineAt };
  }

  async function forget(token?: number): Promise<void> {
    order = undefined;
    if (token !== undefined) await port.keys.clear(token);
    else {
      const lease = await leaseUnlessStopped();
      if (!lease) return;
      await port.keys.clear(lease.token).finally(() => lease.release());
    }
    await become('unlinked', { isPaired: false, me: undefined });
  }

  function obey(given: Order): void {
    order = given;
    bell.resolve();
    bell = Promise.withResolvers();
  }

  /** Orders come by the database: the page may be served by another process than this. */
  async function lookForOrders(): Promise<void> {
    if (!mayObey) return;
    const given = await port.state.get<Order | null>('order');
    if (!given || !mayObey || stopping.signal.aborted) return;
    await port.state.set('order', null);
    obey(given);
  }

  return {
    start(): void {
      running ??= run().catch((error) =>
        port.log.error({ err: error }, 'a linked phone is not looked after any more'),
      );
      orders = setInterval(() => void lookForOrders().catch(() => {}), orderPollMs);
      orders.unref();
    },
    async stop(): Promise<void> {
      clearInterval(orders);
      stopping.abort();
      await running;
    },
    /** The driver, while it is connected. */
    online: () => online,
    /** Looks at once for what was ordered. */
    wake: lookForOrders,
    isRunning: () => running !== undefined && !stopping.signal.aborted,
  };
}

/** The phone is told; that it cannot be must not keep anybody from unlinking. */
async function unpairGently(
  driver: DriverSide,
  wait: (ms: number, stop: AbortSignal) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  await Promise.race([driver.unpair(), wait(5_000, stop)]).catch(() => {});
}

/** The browser of a driver that was killed. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It had ended by itself.
  }
}
