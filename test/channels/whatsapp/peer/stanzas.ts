/** What the server says to a device, as nodes: pairing and the messages of customers. */
import { createHmac } from 'node:crypto';
import { type BinaryNode, Curve, type KeyPair, proto } from '@whiskeysockets/baileys';
import type { Device } from './answers.ts';

export const firm = { phone: '919800000001', lid: '77000000000001', device: 5 };
export const deviceJid = `${firm.phone}:${firm.device}@s.whatsapp.net`;
export const now = (): string => String(Math.floor(Date.now() / 1000));

/** Codes of which the phone scans one. */
export const pairDevice = (id: string, refs: string[]): BinaryNode => ({
  tag: 'iq',
  attrs: { from: 's.whatsapp.net', type: 'set', id, xmlns: 'md' },
  content: [
    {
      tag: 'pair-device',
      attrs: {},
      content: refs.map((ref) => ({ tag: 'ref', attrs: {}, content: Buffer.from(ref) })),
    },
  ],
});

/** The owner's phone vouches for the device: its account signs the device's identity. */
export function pairSuccess(
  id: string,
  account: KeyPair,
  { identity, adv }: { identity: string; adv: string },
): BinaryNode {
  const details = proto.ADVDeviceIdentity.encode({ rawId: 1, timestamp: 1, keyIndex: 1 }).finish();
  const signed = Buffer.concat([Buffer.from([6, 0]), details, Buffer.from(identity, 'base64')]);
  const identityMessage = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: account.public,
    accountSignature: Curve.sign(account.private, signed),
  }).finish();
  const hmac = createHmac('sha256', Buffer.from(adv, 'base64')).update(identityMessage).digest();
  const content = proto.ADVSignedDeviceIdentityHMAC.encode({ details: identityMessage, hmac }).finish();
  return {
    tag: 'iq',
    attrs: { from: 's.whatsapp.net', type: 'set', id, xmlns: 'md' },
    content: [
      {
        tag: 'pair-success',
        attrs: {},
        content: [
          { tag: 'device-identity', attrs: {}, content },
          { tag: 'platform', attrs: { name: 'android' } },
          { tag: 'device', attrs: { jid: deviceJid, lid: `${firm.lid}:${firm.device}@lid` } },
        ],
      },
    ],
  };
}

/** The keys by which a phone begins to write to the device; one of them serves once. */
export function bundleOf(device: Device) {
  const preKey = device.preKeys.shift();
  const prefixed = (key: Uint8Array): Buffer => Buffer.concat([Buffer.from([5]), key]);
  return {
    registrationId: device.registrationId!,
    identityKey: prefixed(device.identity!),
    signedPreKey: { ...device.signedPreKey!, publicKey: prefixed(device.signedPreKey!.publicKey) },
    ...(preKey && { preKey: { keyId: preKey.keyId, publicKey: prefixed(preKey.publicKey) } }),
  };
}

type Writer = { phone: string; lid: string; name: string };
/** A customer's message, known by number or by hidden id first. */
export function messageNode(id: string, from: Writer, enc: BinaryNode, byNumber = false): BinaryNode {
  const [lid, number] = [`${from.lid}@lid`, `${from.phone}@s.whatsapp.net`];
  return {
    tag: 'message',
    attrs: {
      id,
      t: now(),
      type: 'text',
      notify: from.name,
      ...(byNumber
        ? { from: number, sender_lid: lid }
        : { from: lid, sender_pn: number, addressing_mode: 'lid' }),
    },
    content: [enc],
  };
}
