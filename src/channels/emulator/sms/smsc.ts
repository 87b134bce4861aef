/**
 * An SMSC on loopback, as SMPP 3.4 describes one: it lets us in, takes messages, joins their parts, says what became of
 * them and brings those of customers. `smpp` as a server; the proof against another's code is in the tests.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';

export type Fault =
  /** Throttled, or refused with this status. */
  | 'rate'
  | number
  /** Taken, and the answer is lost: the line breaks, or silence. */
  | 'timeoutAfterAccept'
  | 'silence';
export type Taken = {
  /** As the answer gave it; of a message in parts the last one's. */
  id: string;
  /** Each part's. */
  ids: string[];
  from: string;
  to: string;
  /** The whole of it, its parts joined. */
  text: string;
  parts: Pdu[];
};

export type Smsc = Awaited<ReturnType<typeof startSmsc>>;

export async function startSmsc({
  systemId = 'parley',
  password = 'secret08',
  port = 0,
  receipts = false,
}: {
  systemId?: string;
  password?: string;
  port?: number;
  receipts?: boolean;
} = {}) {
  const faults: Fault[] = [];
  const taken: Taken[] = [];
  const changed = new Set<() => void>();
  let count = 0;
  let word = password;
  let bound: Session[] = [];
  const change = () => {
    for (const look of [...changed]) look();
  };

  const server = smpp.createServer((session) => {
    // A client that dies in the middle of a PDU is no trouble of ours.
    session.on('error', () => session.destroy());
    session.on('close', () => {
      bound = bound.filter((one) => one !== session);
      change();
    });
    session.on('bind_transceiver', (pdu: Pdu) => {
      const isKnown = pdu.system_id === systemId;
      const command_status = isKnown ? (pdu.password === word ? 0 : 14) : 15;
      session.send(pdu.response({ command_status, ...(!command_status && { system_id: 'emulator' }) }));
      if (command_status) return session.close();
      bound.push(session);
      change();
    });
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: Pdu) => submitted(session, pdu));
  });

  function submitted(session: Session, pdu: Pdu): void {
    const fault = faults.shift();
    const refusal = fault === 'rate' ? 0x58 : typeof fault === 'number' ? fault : 0;
    if (refusal) {
      session.send(pdu.response({ command_status: refusal }));
      return;
    }
    const id = (++count).toString(16).padStart(8, '0');
    keep(id, pdu);
    change();
    if (fault === 'timeoutAfterAccept') session.destroy();
    if (fault) return;
    session.send(pdu.response({ message_id: id }));
    if (receipts) setImmediate(() => report(id).catch(() => undefined));
  }

  function keep(id: string, pdu: Pdu): void {
    const body = pdu.message_payload ?? pdu.short_message;
    const text = String((body as { message: string }).message);
    const header = (body as { udh?: Buffer[] }).udh?.[0];
    const earlier =
      header && taken.find((one) => isSame(one, pdu) && one.parts.length < header[3]! && header[4]! > 1);
    if (earlier) {
      earlier.parts.push(pdu);
      earlier.text += text;
      earlier.id = id;
      earlier.ids.push(id);
      return;
    }
    taken.push({ id, ids: [id], from: pdu.source_addr!, to: pdu.destination_addr!, text, parts: [pdu] });
  }
  const isSame = ({ parts }: Taken, pdu: Pdu): boolean => {
    const ref = (one: Pdu) => (one.short_message as { udh?: Buffer[] }).udh?.[0]?.[2];
    return parts[0]!.destination_addr === pdu.destination_addr && ref(parts[0]!) === ref(pdu);
  };

  /** Resolves when the message is acknowledged, rejects when it is refused or the line breaks. */
  async function deliver(fields: object): Promise<void> {
    const session = await lineUp();
    await new Promise<void>((resolve, reject) => {
      const broken = () => reject(new Error('the line broke'));
      session.once('close', broken);
      session.deliver_sm(fields, ({ command_status: status }) => {
        session.off('close', broken);
        if (status) reject(new Error(`refused with ${status}`));
        else resolve();
      });
    });
  }

  async function lineUp(): Promise<Session> {
    await until(() => bound.length > 0, 'somebody to bind');
    return bound.at(-1)!;
  }

  function until(is: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!is()) return;
        clearTimeout(timer);
        changed.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        changed.delete(look);
        reject(new Error(`the SMSC waited for ${what}`));
      }, 60_000);
      changed.add(look);
      look();
    });
  }

  /** A delivery receipt as appendix B of SMPP 3.4 words it. */
  async function report(
    id: string,
    stat = 'DELIVRD',
    spelt: { id?: string; text?: string } = {},
  ): Promise<void> {
    const about = taken.find(({ ids }) => ids.includes(id))!;
    const text = spelt.text ?? about.text.slice(0, 20);
    const words = `id:${spelt.id ?? id} sub:001 dlvrd:001 submit date:2611231200 done date:2611231201 stat:${stat} err:000 text:${text}`;
    await deliver({
      source_addr: about.to,
      source_addr_ton: 1,
      destination_addr: about.from,
      esm_class: 0x04,
      data_coding: 0,
      short_message: words,
    });
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    taken: (): Taken[] => taken,
    /** A customer writes. */
    say: (from: string, text: string, to = '56161', more: object = {}) =>
      deliver({
        source_addr: from.replace(/^\+/, ''),
        source_addr_ton: 1,
        destination_addr: to,
        data_coding: null,
        short_message: text,
        ...more,
      }),
    deliver,
    report,
    fail: (fault: Fault, times = 1) => faults.push(...Array.from({ length: times }, () => fault)),
    /** From now on, only this password opens. */
    changePassword(to: string): void {
      word = to;
      for (const session of bound) session.destroy();
    },
    lines: () => bound,
    until,
    async close() {
      for (const session of [...server.sessions]) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
