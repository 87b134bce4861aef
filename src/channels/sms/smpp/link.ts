/**
 * The line to an SMSC: bound, watched, and opened again when it breaks. The library answers nobody after its peer is
 * gone and stops reading after a PDU that it cannot read; hence time-outs of our own, and a line that errs is destroyed.
 */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Pdu, Session } from 'smpp';
import type { Logger } from '../../../core/logger.ts';
import type { SmppSettings } from '../settings.ts';
import { meaningOf } from './errors.ts';

/** `unsent`: surely not taken. `lost`: written, and nobody knows what became of it. */
export type Answer = { pdu: Pdu } | { unsent: string; auth?: boolean } | { lost: string };

type Line = {
  session: Session;
  /** What waits for an answer. */
  outstanding: Set<(answer: Answer) => void>;
  fail(reason: string): void;
};
type State =
  | { is: 'stopped' | 'connecting' }
  | { is: 'bound'; line: Line }
  | { is: 'broken'; why: string; auth: boolean };

export type LinkOptions = {
  settings: SmppSettings;
  log: Logger;
  /** A message or receipt; it is acknowledged when this resolves, and comes again when it rejects. */
  deliver(pdu: Pdu): Promise<{ acknowledged(): void }>;
  /** So often, while the line is open. */
  tick(): void;
};
export type Link = ReturnType<typeof createLink>;

export function createLink({ settings, log, deliver, tick }: LinkOptions) {
  const { host, port, responseMs, enquireMs, reconnectMs } = settings;
  const encryption = settings.tls && {
    tls: true,
    // A name is asked for where there is one (RFC 6066, 3).
    ...(!isIP(host) && { servername: host }),
    ...(settings.ca && { ca: readFileSync(settings.ca) }),
  };
  let state: State = { is: 'stopped' };
  /** The newest line, bound or not. */
  let current: Line | undefined;
  let failures = 0;
  let again: NodeJS.Timeout | undefined;
  let library: typeof import('smpp').default;
  const waiting = new Set<() => void>();

  function become(next: State): void {
    state = next;
    if (next.is !== 'connecting') for (const wake of [...waiting]) wake();
  }

  function open(): void {
    become({ is: 'connecting' });
    const session = library.connect({ host, port, ...encryption });
    const patience = setTimeout(() => fail('no answer'), responseMs);
    let watch: NodeJS.Timeout | undefined;
    let over = false;

    function fail(why: string, auth = false): void {
      if (over) return;
      over = true;
      clearTimeout(patience);
      clearInterval(watch);
      session.destroy();
      for (const settle of outstanding) settle({ lost: `the line broke before the answer came (${why})` });
      if (state.is === 'stopped') return;
      const wait = Math.min(reconnectMs, 500 * 2 ** failures++);
      log.warn({ why, waitMs: wait }, 'the line to the SMSC is broken; it is opened again');
      become({ is: 'broken', why, auth });
      again = setTimeout(open, wait);
    }

    const outstanding: Line['outstanding'] = new Set();
    const line: Line = { session, fail, outstanding };
    current = line;
    session.on('error', (error: Error) => fail(error.message));
    session.on('close', () => fail('closed by the SMSC'));
    session.on(settings.tls ? 'secureConnect' : 'connect', () => {
      const { systemId: system_id, password, systemType: system_type } = settings;
      session.bind_transceiver({ system_id, password, system_type, interface_version: 0x34 }, (pdu) => {
        if (over) return;
        if (pdu.command_status) {
          const { name, kind } = meaningOf(pdu.command_status);
          return fail(name, kind === 'auth');
        }
        clearTimeout(patience);
        watch = setInterval(() => enquire(line), enquireMs);
        watch.unref();
        become({ is: 'bound', line });
      });
    });
    answerPeer(line);
  }

  /** Silence is a broken line: TCP alone notices that after many minutes. */
  function enquire({ session, fail }: Line): void {
    const patience = setTimeout(() => fail('the SMSC does not answer any more'), responseMs);
    session.enquire_link((pdu) => {
      clearTimeout(patience);
      failures = 0;
      heard(pdu);
    });
    session.once('close', () => clearTimeout(patience));
    tick();
  }

  let chain = Promise.resolve();
  let acknowledged: { after: number; run: () => void }[] = [];
  /** An answer to what we sent after an acknowledgement: the peer has had that, too. */
  function heard({ sequence_number: sequence }: Pdu): void {
    const done = acknowledged.filter(({ after }) => after < sequence);
    acknowledged = acknowledged.filter(({ after }) => after >= sequence);
    for (const { run } of done) run();
  }

  function answerPeer({ session, fail }: Line): void {
    acknowledged = [];
    const take = (pdu: Pdu) => {
      // One after another: the order in which they came is the order in which they were said.
      chain = chain.then(async () => {
        try {
          const { acknowledged: run } = await deliver(pdu);
          if (session.send(pdu.response())) acknowledged.push({ after: session.sequence, run });
        } catch (error) {
          log.error({ err: error }, 'a message of the SMSC was not taken');
          // ESME_RX_T_APPN: not now; the SMSC sends it again.
          session.send(pdu.response({ command_status: 0x64 }));
        }
      });
    };
    session.on('deliver_sm', take);
    session.on('data_sm', take);
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      fail('the SMSC said goodbye');
    });
    session.on('unknown', (pdu: Pdu) => session.send(pdu.response()));
  }

  /** The bound line, waited for a little: a line that is just being opened is no reason to put a message off. */
  async function bound(): Promise<Line | { unsent: string; auth?: boolean }> {
    if (state.is === 'connecting')
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, responseMs);
        waiting.add(done);
      });
    if (state.is === 'bound') return state.line;
    if (state.is === 'broken') return { unsent: `no line to the SMSC: ${state.why}`, auth: state.auth };
    return { unsent: 'no line to the SMSC' };
  }

  /** What is under way may still be answered until the SMSC has said goodbye, too. */
  function farewell(session: Session): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, Math.min(1_000, responseMs));
      session.once('close', done);
      if (!session.unbind(done)) done();
    });
  }

  return {
    async start() {
      library = (await import('smpp')).default;
      open();
    },
    async stop() {
      const before = state;
      clearTimeout(again);
      become({ is: 'stopped' });
      if (before.is === 'bound') await farewell(before.line.session);
      current?.fail('stopped');
    },
    /** Resolves when nothing that the SMSC sent is under way. */
    idle: () => chain,
    state: (): { ok: boolean; detail: string } => {
      if (state.is === 'bound')
        return { ok: true, detail: `bound to ${host}:${port} as ${settings.systemId}` };
      const why = state.is === 'broken' ? `: ${state.why}` : '';
      return { ok: false, detail: `no line to ${host}:${port}${why}` };
    },

    /**
     * @param answered told in the very moment that the answer is read: the receipt may stand right behind it. `late`:
     * after we had given it up.
     */
    async submit(fields: object, answered: (pdu: Pdu, late: boolean) => void): Promise<Answer> {
      const line = await bound();
      if ('unsent' in line) return line;
      const { session, outstanding } = line;
      return new Promise<Answer>((resolve) => {
        let given = false;
        const settle = (answer: Answer) => {
          if (given) return;
          given = true;
          clearTimeout(timer);
          outstanding.delete(settle);
          resolve(answer);
        };
        const timer = setTimeout(() => settle({ lost: 'the SMSC did not answer in time' }), responseMs);
        outstanding.add(settle);
        try {
          const written = session.submit_sm(fields, (pdu) => {
            heard(pdu);
            answered(pdu, given);
            settle({ pdu });
          });
          if (!written) settle({ unsent: 'the line to the SMSC is closing' });
        } catch (error) {
          settle({ unsent: (error as Error).message });
        }
      });
    },
  };
}
