/**
 * Inbound before its acknowledgement. Baileys acknowledges a message as soon as it is decrypted, before it tells anybody,
 * and a message can be decrypted only once. So decryption itself waits: what was decrypted is handed over, and only when
 * it is durable are the session's new keys written and the message acknowledged. Whatever crashes before, WhatsApp sends
 * it again, and it can be decrypted again.
 */

import type { EventEmitter } from 'node:events';
import {
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  decodeMessageNode,
  proto,
  type SignalKeyStoreWithTransaction,
  type SocketConfig,
  unpadRandomMax16,
  type WAMessage,
} from '@whiskeysockets/baileys';

export type Decrypted = WAMessage & { message: proto.IMessage };

/**
 * @param keep resolves when the message is durable; its rejection leaves the message unacknowledged.
 * @returns what to build the socket with, and what to attach to it once built.
 */
export function durably(keep: (message: Decrypted) => Promise<void>) {
  /** The stanza that a ciphertext came in. */
  const stanzas = new WeakMap<object, BinaryNode>();
  let me: () => { id: string; lid: string } = () => ({ id: '', lid: '' });

  const makeSignalRepository: SocketConfig['makeSignalRepository'] = (auth, ...more) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository!(auth, ...more);
    return {
      ...repository,
      // Both in one transaction: the session's new keys are written when `keep` has ended well.
      decryptMessage: (input) =>
        (auth.keys as SignalKeyStoreWithTransaction).transaction(async () => {
          const plain = await repository.decryptMessage(input);
          const stanza = stanzas.get(input.ciphertext);
          if (stanza) await keep(readStanza(stanza, plain));
          return plain;
        }, input.jid),
    };
  };

  function readStanza(stanza: BinaryNode, plain: Uint8Array): Decrypted {
    const { id, lid } = me();
    const { fullMessage } = decodeMessageNode(stanza, id, lid);
    const message = proto.Message.decode(unpadRandomMax16(plain));
    return Object.assign(fullMessage, {
      message: message.deviceSentMessage?.message ?? message,
    }) as Decrypted;
  }

  /**
   * Messages are handled one after the other, so that none overtakes another. The library would put those that came while
   * the device was away into a queue of their own, where new ones pass them: without its mark they wait their turn here.
   */
  function attach(socket: { ws: EventEmitter; user?: { id: string; lid?: string } }): void {
    me = () => ({ id: socket.user?.id ?? '', lid: socket.user?.lid ?? '' });
    const handlers = socket.ws.listeners('CB:message') as ((node: BinaryNode) => Promise<void>)[];
    socket.ws.removeAllListeners('CB:message');
    let last: Promise<void> = Promise.resolve();
    socket.ws.on('CB:message', (node: BinaryNode) => {
      for (const { content } of Array.isArray(node.content) ? node.content : [])
        if (content instanceof Uint8Array) stanzas.set(content, node);
      const { offline: _, ...attrs } = node.attrs;
      for (const handle of handlers) last = last.then(() => handle({ ...node, attrs })).catch(() => {});
    });
  }

  return { makeSignalRepository, attach };
}
