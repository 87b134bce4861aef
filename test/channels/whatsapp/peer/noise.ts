/** The server's side of WhatsApp's transport: Noise XX over a WebSocket, with certificates of a root of our own. */
import {
  aesDecryptGCM,
  aesEncryptGCM,
  type BinaryNode,
  Curve,
  decodeBinaryNode,
  encodeBinaryNode,
  hkdf,
  type KeyPair,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';

/** Signs what the server shows; its public half is what the client is told to trust. */
export const newRoot = (): KeyPair => Curve.generateKeyPair();

export type Connection = {
  send(node: BinaryNode): void;
  close(): void;
  isOpen(): boolean;
};
export type Hello = { payload: proto.ClientPayload; noiseKey: Uint8Array };

/** Does the handshake on a new connection, then hands over each node in order. */
export function acceptNoise(
  socket: WebSocket,
  root: KeyPair,
  handlers: {
    hello(connection: Connection, hello: Hello): void;
    node(connection: Connection, node: BinaryNode): Promise<void> | void;
    end(connection: Connection): void;
  },
): void {
  const server = { ephemeral: Curve.generateKeyPair(), static: Curve.generateKeyPair() };
  const state = symmetricState();
  let transport: { read: Uint8Array; write: Uint8Array; reads: number; writes: number } | undefined;
  let bytes = Buffer.alloc(0);
  let step: 'intro' | 'hello' | 'finish' | 'open' = 'intro';
  let work: Promise<void> = Promise.resolve();

  const connection: Connection = {
    send(node) {
      if (!transport || socket.readyState !== socket.OPEN) return;
      const sealed = aesEncryptGCM(
        encodeBinaryNode(node),
        transport.write,
        counter(transport.writes++),
        Buffer.alloc(0),
      );
      socket.send(frame(sealed));
    },
    close: () => socket.close(),
    isOpen: () => socket.readyState === socket.OPEN,
  };

  socket.on('message', (data: Buffer) => {
    bytes = Buffer.concat([bytes, data]);
    work = work.then(read);
  });
  socket.on('close', () => handlers.end(connection));
  socket.on('error', () => {});

  async function read(): Promise<void> {
    if (step === 'intro') {
      if (bytes.length < NOISE_WA_HEADER.length) return;
      bytes = bytes.subarray(NOISE_WA_HEADER.length);
      step = 'hello';
    }
    for (;;) {
      const size = bytes.length < 3 ? Number.POSITIVE_INFINITY : bytes.readUIntBE(0, 3);
      if (bytes.length < size + 3) return;
      const one = bytes.subarray(3, size + 3);
      bytes = bytes.subarray(size + 3);
      await take(one);
    }
  }

  async function take(one: Buffer): Promise<void> {
    if (step === 'hello') {
      const { clientHello } = proto.HandshakeMessage.decode(one);
      step = 'finish';
      socket.send(frame(answerHello(clientHello!.ephemeral!)));
    } else if (step === 'finish') {
      const { clientFinish } = proto.HandshakeMessage.decode(one);
      const noiseKey = state.decrypt(clientFinish!.static!);
      state.mix(Curve.sharedKey(server.ephemeral.private, noiseKey));
      const payload = proto.ClientPayload.decode(state.decrypt(clientFinish!.payload!));
      const [fromClient, toClient] = state.split();
      transport = { read: fromClient, write: toClient, reads: 0, writes: 0 };
      step = 'open';
      handlers.hello(connection, { payload, noiseKey });
    } else {
      const open = aesDecryptGCM(one, transport!.read, counter(transport!.reads++), Buffer.alloc(0));
      await handlers.node(connection, await decodeBinaryNode(open));
    }
  }

  function answerHello(clientEphemeral: Uint8Array): Uint8Array {
    state.authenticate(clientEphemeral);
    state.authenticate(server.ephemeral.public);
    state.mix(Curve.sharedKey(server.ephemeral.private, clientEphemeral));
    const sealedStatic = state.encrypt(server.static.public);
    state.mix(Curve.sharedKey(server.static.private, clientEphemeral));
    const payload = state.encrypt(certificates(root, server.static.public));
    return proto.HandshakeMessage.encode({
      serverHello: { ephemeral: server.ephemeral.public, static: sealedStatic, payload },
    }).finish();
  }
}

function certificates(root: KeyPair, key: Uint8Array): Uint8Array {
  const { NoiseCertificate } = proto.CertChain;
  const between = Curve.generateKeyPair();
  const details = NoiseCertificate.Details.encode({
    serial: 1,
    issuerSerial: 0,
    key: between.public,
  }).finish();
  const leaf = NoiseCertificate.Details.encode({ serial: 2, issuerSerial: 1, key }).finish();
  return proto.CertChain.encode({
    intermediate: { details, signature: Curve.sign(root.private, details) },
    leaf: { details: leaf, signature: Curve.sign(between.private, leaf) },
  }).finish();
}

/** Noise's symmetric state, as far as this handshake needs it. */
function symmetricState() {
  let hash: Uint8Array = Buffer.from(NOISE_MODE);
  let salt = hash;
  let key = hash;
  let count = 0;
  const authenticate = (data: Uint8Array): void => {
    hash = sha256(Buffer.concat([hash, data]));
  };
  const derive = (data: Uint8Array): [Uint8Array, Uint8Array] => {
    const both = hkdf(Buffer.from(data), 64, { salt: Buffer.from(salt), info: '' });
    return [both.subarray(0, 32), both.subarray(32)];
  };
  authenticate(NOISE_WA_HEADER);
  return {
    authenticate,
    encrypt(plain: Uint8Array): Uint8Array {
      const sealed = aesEncryptGCM(plain, key, counter(count++), hash);
      authenticate(sealed);
      return sealed;
    },
    decrypt(sealed: Uint8Array): Uint8Array {
      const plain = aesDecryptGCM(sealed, key, counter(count++), hash);
      authenticate(sealed);
      return plain;
    },
    mix(data: Uint8Array): void {
      [salt, key] = derive(data);
      count = 0;
    },
    split: () => derive(new Uint8Array(0)),
  };
}

function counter(value: number): Uint8Array {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(value, 8);
  return iv;
}

function frame(data: Uint8Array): Buffer {
  const size = Buffer.alloc(3);
  size.writeUIntBE(data.length, 0, 3);
  return Buffer.concat([size, data]);
}
