/** A customer's phone: Signal's side of a chat, with keys of its own, as WhatsApp's clients have them. */
import {
  addTransactionCapability,
  type BinaryNode,
  type BinaryNodeAttributes,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeBigEndian,
  encodeWAMessage,
  initAuthCreds,
  proto,
  type SignalDataSet,
  unpadRandomMax16,
} from '@whiskeysockets/baileys';

const noLog: any = Object.assign(
  Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error'].map((level) => [level, () => {}])),
  { level: 'silent', child: () => noLog },
);

/** What a device shows of its keys, so that others can begin a session with it. */
export type Bundle = {
  registrationId: number;
  identityKey: Uint8Array;
  signedPreKey: { keyId: number; publicKey: Uint8Array; signature: Uint8Array };
  preKey?: { keyId: number; publicKey: Uint8Array };
};

export type Phone = {
  phone: string;
  lid: string;
  name: string;
  /** The node of its keys in a server's answer. */
  bundleNode(jid: string): BinaryNode;
  encrypt(message: proto.IMessage, to: { jid: string; bundle: Bundle }): Promise<BinaryNode>;
  decrypt(enc: BinaryNode, from: string): Promise<proto.Message>;
};

export function newPhone(phone: string, lid: string, name: string): Phone {
  const creds = initAuthCreds();
  const preKey = { keyId: 7, pair: Curve.generateKeyPair() };
  const kept = new Map<string, unknown>([[`pre-key/${preKey.keyId}`, preKey.pair]]);
  const keys = addTransactionCapability(
    {
      async get(type: string, ids: string[]) {
        const values = ids.map((id) => [id, kept.get(`${type}/${id}`)] as const);
        return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as never;
      },
      async set(data: SignalDataSet) {
        for (const [type, values] of Object.entries(data))
          for (const [id, value] of Object.entries(values ?? {}))
            if (value === null) kept.delete(`${type}/${id}`);
            else kept.set(`${type}/${id}`, value);
      },
    },
    noLog,
    { maxCommitRetries: 1, delayBetweenTriesMs: 1 },
  );
  const signal = DEFAULT_CONNECTION_CONFIG.makeSignalRepository!({ creds, keys }, noLog, async () => []);
  const met = new Set<string>();

  return {
    phone,
    lid,
    name,
    bundleNode: (jid) => ({
      tag: 'user',
      attrs: { jid },
      content: [
        node('registration', encodeBigEndian(creds.registrationId)),
        node('type', Buffer.from([5])),
        node('identity', creds.signedIdentityKey.public),
        {
          tag: 'skey',
          attrs: {},
          content: [
            node('id', encodeBigEndian(creds.signedPreKey.keyId, 3)),
            node('value', creds.signedPreKey.keyPair.public),
            node('signature', creds.signedPreKey.signature),
          ],
        },
        {
          tag: 'key',
          attrs: {},
          content: [node('id', encodeBigEndian(preKey.keyId, 3)), node('value', preKey.pair.public)],
        },
      ],
    }),
    async encrypt(message, { jid, bundle }) {
      if (!met.has(jid) && !(await signal.validateSession(jid)).exists)
        await signal.injectE2ESession({ jid, session: bundle as never });
      met.add(jid);
      const { type, ciphertext } = await signal.encryptMessage({ jid, data: encodeWAMessage(message) });
      return { tag: 'enc', attrs: { v: '2', type }, content: ciphertext };
    },
    async decrypt({ attrs, content }, from) {
      const plain = await signal.decryptMessage({
        jid: from,
        type: attrs.type as 'pkmsg' | 'msg',
        ciphertext: content as Uint8Array,
      });
      return proto.Message.decode(unpadRandomMax16(plain));
    },
  };
}

const node = (tag: string, content: Uint8Array, attrs: BinaryNodeAttributes = {}): BinaryNode => ({
  tag,
  attrs,
  content,
});
