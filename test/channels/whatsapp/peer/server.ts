/**
 * WhatsApp on loopback: the servers, the firm's own phone that scans codes, and customers' phones. It speaks Noise and
 * Signal to a linked device as the real one does; what it keeps to is what the library expects, not what WhatsApp says.
 */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type BinaryNode, Curve, type KeyPair, type proto } from '@whiskeysockets/baileys';
import { WebSocketServer } from 'ws';
import { answerQuery, type Device } from './answers.ts';
import { acceptNoise, type Connection, type Hello, newRoot } from './noise.ts';
import { newPhone, type Phone } from './phone.ts';
import { bundleOf, deviceJid, firm, messageNode, now, pairDevice, pairSuccess } from './stanzas.ts';

/** A message that reached a customer's phone and was decrypted there. */
export type Received = { id: string; to: string; text: string; message: proto.Message };
type Waiting = { id: string; stanza: BinaryNode; sentOn?: Connection };

export type FakeWhatsApp = Awaited<ReturnType<typeof startWhatsApp>>;

export async function startWhatsApp(options: { mediaHost?: string } = {}) {
  const root: KeyPair = newRoot();
  const account: KeyPair = Curve.generateKeyPair();
  const customers = new Map<string, Phone>();
  const device: Device = { preKeys: [] };
  const received: Received[] = [];
  const waiting: Waiting[] = [];
  const acknowledged: { id: string; class: string; type?: string }[] = [];
  const connections = new Set<Connection>();
  const logins: string[] = [];
  const faults = {
    keepAcks: false,
    refuse: undefined as string | undefined,
    refuseLogin: undefined as number | undefined,
  };
  const listeners = new Set<() => void>();
  let online: Connection | undefined;
  let pairing: { connection: Connection; refs: string[] } | undefined;
  let isReady = false;
  let count = 0;

  const http = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  http.on('connection', (socket) =>
    acceptNoise(socket, root, { hello, node, end: (connection) => ended(connection) }),
  );
  await new Promise<void>((resolve) => http.once('listening', () => resolve()));

  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };

  function ended(connection: Connection): void {
    connections.delete(connection);
    if (online === connection) online = undefined;
    if (pairing?.connection === connection) pairing = undefined;
    changed();
  }

  function hello(connection: Connection, { payload }: Hello): void {
    connections.add(connection);
    if (payload.devicePairingData) {
      const { eIdent, eSkeyId, eSkeyVal, eSkeySig, eRegid } = payload.devicePairingData;
      Object.assign(device, {
        identity: eIdent,
        registrationId: Buffer.from(eRegid!).readUInt32BE(),
        signedPreKey: {
          keyId: Buffer.from(eSkeyId!).readUIntBE(0, 3),
          publicKey: eSkeyVal,
          signature: eSkeySig,
        },
      });
      pairing = { connection, refs: [1, 2, 3].map(() => randomBytes(12).toString('base64')) };
      connection.send(pairDevice(`pair-${++count}`, pairing.refs));
    } else login(connection, payload);
    changed();
  }

  function login(connection: Connection, { username, device: number }: proto.ClientPayload): void {
    logins.push(`${username}:${number}`);
    const refusal = faults.refuseLogin ?? (device.isLinked ? undefined : 401);
    if (refusal) {
      connection.send({ tag: 'failure', attrs: { reason: String(refusal) } });
      connection.close();
      return;
    }
    // One socket a device: the older one is told that it was replaced.
    if (online) conflict();
    online = connection;
    isReady = false;
    connection.send({
      tag: 'success',
      attrs: { t: now(), lid: `${firm.lid}:${firm.device}@lid` },
    });
  }

  /** What came while the device was away, then the word that it is all. */
  function deliverWaiting(connection: Connection): void {
    for (const one of waiting) {
      if (one.sentOn === connection) continue;
      one.sentOn = connection;
      connection.send({ ...one.stanza, attrs: { ...one.stanza.attrs, offline: '0' } });
    }
    connection.send({
      tag: 'ib',
      attrs: { from: 's.whatsapp.net' },
      content: [{ tag: 'offline', attrs: { count: String(waiting.length) } }],
    });
    isReady = true;
  }

  async function node(connection: Connection, stanza: BinaryNode): Promise<void> {
    const { tag, attrs } = stanza;
    if (tag === 'iq' && attrs.type === 'result' && pairing?.connection === connection) paired(connection);
    else if (tag === 'iq' && attrs.type !== 'result') {
      connection.send(answerQuery(stanza, { device, customers, firm, mediaHost: options.mediaHost }));
      if (attrs.xmlns === 'passive' && connection === online) deliverWaiting(connection);
    } else if (tag === 'message') await message(connection, stanza);
    else if (tag === 'receipt' || tag === 'ack') acknowledge(stanza);
    changed();
  }

  /** The device's answer to `pair-success` ends the pairing; the answer to the codes does not. */
  function paired(connection: Connection): void {
    if (!device.isAgreed) return;
    device.isLinked = true;
    connection.send({ tag: 'stream:error', attrs: { code: '515' } });
    connection.close();
  }

  async function message(connection: Connection, stanza: BinaryNode): Promise<void> {
    const { id = '', to = '' } = stanza.attrs;
    const parts = (stanza.content as BinaryNode[]).find(({ tag }) => tag === 'participants');
    const from = to.endsWith('@lid') ? `${firm.lid}:${firm.device}@lid` : deviceJid;
    if (faults.refuse) {
      connection.send({
        tag: 'ack',
        attrs: { class: 'message', id, from: to, t: now(), error: faults.refuse },
      });
      return;
    }
    for (const part of (parts?.content ?? []) as BinaryNode[]) {
      const phone = byJid(part.attrs.jid!);
      const enc = (part.content as BinaryNode[])[0]!;
      if (!phone) continue;
      const read = await phone.decrypt(enc, deviceOf(phone, from));
      const text = read.conversation || read.extendedTextMessage?.text || '';
      received.push({ id, to: phone.phone, text, message: read });
    }
    if (!faults.keepAcks)
      connection.send({ tag: 'ack', attrs: { class: 'message', id, from: to, t: now() } });
  }

  /** A phone keeps one session with the device, under the name that it first knew it by. */
  const deviceOf = (_: Phone, _from: string): string => deviceJid;

  function acknowledge({ tag, attrs }: BinaryNode): void {
    acknowledged.push({
      id: attrs.id!,
      class: tag === 'receipt' ? 'receipt' : `ack ${attrs.class}`,
      ...(attrs.type && { type: attrs.type }),
    });
    // A retry asks for the message again; anything else is the end of it.
    if (attrs.type === 'retry' || (tag === 'ack' && attrs.class !== 'message')) return;
    const index = waiting.findIndex(({ id }) => id === attrs.id);
    if (index >= 0) waiting.splice(index, 1);
  }

  const byJid = (jid: string): Phone | undefined => {
    const user = jid.split('@')[0]!.split(':')[0]!;
    return [...customers.values()].find(({ phone, lid }) => phone === user || lid === user);
  };

  function conflict(): void {
    online?.send({
      tag: 'stream:error',
      attrs: {},
      content: [{ tag: 'conflict', attrs: { type: 'replaced' } }],
    });
    online?.close();
    online = undefined;
  }

  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws/chat`,
    trustedRoot: Buffer.from(root.public).toString('hex'),
    received,
    acknowledged,
    logins,
    faults,
    /** Messages that the device has not acknowledged. */
    unacknowledged: (): string[] => waiting.map(({ id }) => id),
    isOnline: (): boolean => online !== undefined,
    openConnections: (): number => connections.size,

    customer(phone: string, lid: string, name: string): Phone {
      const made = newPhone(phone, lid, name);
      customers.set(phone, made);
      return made;
    },

    /** The owner's phone scans the code that the console shows. */
    scan(qr: string): void {
      const [ref, , identity, adv] = qr.split('#')[1]!.split(',') as [string, string, string, string];
      if (!pairing?.refs.includes(ref)) throw new Error('the code has expired');
      device.isAgreed = true;
      pairing.connection.send(pairSuccess(`success-${++count}`, account, { identity, adv }));
    },

    /** A customer writes; it is kept until the device has acknowledged it. @returns its id. */
    async say(
      phone: string,
      what: string | proto.IMessage,
      how: { byNumber?: boolean; id?: string } = {},
    ): Promise<string> {
      const from = customers.get(phone)!;
      const id = how.id ?? `3A${randomBytes(9).toString('hex').toUpperCase()}`;
      const content = typeof what === 'string' ? { conversation: what } : what;
      const enc = await from.encrypt(content, { jid: deviceJid, bundle: bundleOf(device) });
      const stanza = messageNode(id, from, enc, how.byNumber);
      // A device that has just logged in gets what waited for it first.
      const at = isReady ? online : undefined;
      waiting.push({ id, stanza, ...(at && { sentOn: at }) });
      at?.send(stanza);
      return id;
    },

    /** The customer's phone tells that it has a message, or that it was read. */
    receipt(id: string, phone: string, type?: 'read'): void {
      online?.send({
        tag: 'receipt',
        attrs: { id, from: `${customers.get(phone)!.lid}@lid`, t: now(), ...(type && { type }) },
      });
    },

    /** Another program has logged in as this device. */
    conflict,
    /** Ends the connection without a word. */
    hangUp: (): void => online?.close(),

    /** Resolves when `isSo` answers something. */
    async until<T>(isSo: () => T | undefined | false, what = 'it'): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const look = (): void => {
          const found = isSo();
          if (found === undefined || found === false) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`${what} did not come about`));
        }, 60_000);
        listeners.add(look);
        look();
      });
    },

    async close(): Promise<void> {
      for (const client of http.clients) client.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
