/** What WhatsApp's server answers to a device's questions. Only the parts that a chat needs have content. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Phone } from './phone.ts';

/** What the server knows of the linked device. */
export type Device = {
  isAgreed?: boolean;
  isLinked?: boolean;
  registrationId?: number;
  identity?: Uint8Array;
  signedPreKey?: { keyId: number; publicKey: Uint8Array; signature: Uint8Array };
  preKeys: { keyId: number; publicKey: Uint8Array }[];
};

type Known = {
  device: Device;
  customers: Map<string, Phone>;
  firm: { phone: string; lid: string; device: number };
  mediaHost?: string;
};

export function answerQuery(query: BinaryNode, known: Known): BinaryNode {
  const { id = '', xmlns } = query.attrs;
  const content = contents[xmlns ?? '']?.(query, known) ?? [];
  return { tag: 'iq', attrs: { id, from: 's.whatsapp.net', type: 'result' }, content };
}

const contents: Record<string, (query: BinaryNode, known: Known) => BinaryNode[]> = {
  encrypt: (query, known) => {
    const asked = childrenOf(query)[0]?.tag;
    if (asked === 'count') return [leaf('count', { value: String(known.device.preKeys.length) })];
    if (asked === 'digest') return [leaf('digest')];
    if (asked === 'key')
      return [
        {
          tag: 'list',
          attrs: {},
          content: childrenOf(childrenOf(query)[0]!).flatMap(({ attrs }) => {
            const phone = phoneOf(attrs.jid!, known.customers);
            return phone ? [phone.bundleNode(attrs.jid!)] : [];
          }),
        },
      ];
    keepPreKeys(query, known.device);
    return [];
  },
  usync: (query, known) => {
    const asked = find(query, 'list');
    return [
      {
        tag: 'usync',
        attrs: {},
        content: [
          { tag: 'list', attrs: {}, content: childrenOf(asked!).flatMap((user) => userNode(user, known)) },
        ],
      },
    ];
  },
  'w:m': (_, { mediaHost }) => [
    {
      tag: 'media_conn',
      attrs: { auth: 'loopback', ttl: '3600' },
      content: mediaHost ? [leaf('host', { hostname: mediaHost, maxContentLengthBytes: '100000000' })] : [],
    },
  ],
  privacy: () => [
    { tag: 'privacy', attrs: {}, content: [leaf('category', { name: 'readreceipts', value: 'all' })] },
  ],
  abt: () => [{ tag: 'props', attrs: { hash: 'x' }, content: [] }],
};

function userNode({ attrs, content }: BinaryNode, { customers, firm }: Known): BinaryNode[] {
  const asked = Array.isArray(content) ? content.find(({ tag }) => tag === 'contact')?.content : undefined;
  const number =
    asked === undefined
      ? undefined
      : Buffer.from(asked as Uint8Array)
          .toString()
          .replace('+', '');
  const jid = attrs.jid ?? `${number}@s.whatsapp.net`;
  const user = jid.split('@')[0]!.split(':')[0]!;
  const isFirm = user === firm.phone || user === firm.lid;
  const phone = phoneOf(jid, customers);
  if (!isFirm && !phone)
    return [{ tag: 'user', attrs: { jid }, content: [leaf('contact', { type: 'out' })] }];
  const ids = isFirm ? [String(firm.device)] : ['0'];
  return [
    {
      tag: 'user',
      attrs: { jid },
      content: [
        {
          tag: 'devices',
          attrs: {},
          content: [
            {
              tag: 'device-list',
              attrs: {},
              content: ids.map((id) => leaf('device', { id, 'key-index': '1' })),
            },
          ],
        },
        // A number is told its hidden id; a hidden id is not told its number.
        ...(jid.endsWith('@lid') ? [] : [leaf('lid', { val: `${isFirm ? firm.lid : phone!.lid}@lid` })]),
        leaf('contact', { type: 'in' }),
      ],
    },
  ];
}

function keepPreKeys(query: BinaryNode, device: Device): void {
  const list = find(query, 'list');
  for (const key of list ? childrenOf(list) : [])
    device.preKeys.push({
      keyId: Buffer.from(find(key, 'id')!.content as Uint8Array).readUIntBE(0, 3),
      publicKey: find(key, 'value')!.content as Uint8Array,
    });
}

const phoneOf = (jid: string, customers: Map<string, Phone>): Phone | undefined => {
  const user = jid.split('@')[0]!.split(':')[0]!;
  return [...customers.values()].find(({ phone, lid }) => phone === user || lid === user);
};
const childrenOf = ({ content }: BinaryNode): BinaryNode[] => (Array.isArray(content) ? content : []);
const find = (node: BinaryNode, tag: string): BinaryNode | undefined => {
  for (const child of childrenOf(node)) {
    if (child.tag === tag) return child;
    const deeper = find(child, tag);
    if (deeper) return deeper;
  }
  return undefined;
};
const leaf = (tag: string, attrs: Record<string, string> = {}): BinaryNode => ({ tag, attrs });
