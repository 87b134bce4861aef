/** A push service on loopback and the browsers that it serves: checks who sends (RFC 8292) and reads what is sent (RFC 8291, 8188). */
import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  type ECDH,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = {
  payload: Record<string, string>;
  headers: IncomingHttpHeaders;
  vapid: { key: string; claims: Record<string, unknown>; genuine: boolean };
};
export type Browser = { subscription: Subscription; received: Received[]; answers: Answer[]; asked: number };
export type Subscription = { endpoint: string; keys: { p256dh: string; auth: string } };
type Answer = { status: number; headers?: Record<string, string> };

export async function startPushService() {
  const browsers = new Map<string, Browser & { ecdh: ECDH; secret: Buffer }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const browser = browsers.get(request.url!);
      if (!browser) return response.writeHead(404).end();
      browser.asked++;
      const { status, headers } = browser.answers.shift() ?? { status: 201 };
      if (status === 201)
        browser.received.push({
          payload: JSON.parse(decrypt(Buffer.concat(chunks), browser).toString()),
          headers: request.headers,
          vapid: readVapid(request.headers.authorization ?? ''),
        });
      response.writeHead(status, { location: `/m/${randomBytes(6).toString('hex')}`, ...headers }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    origin: `http://${host}`,
    browser(): Browser {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const secret = randomBytes(16);
      const path = `/send/${randomBytes(12).toString('hex')}`;
      const browser = {
        ecdh,
        secret,
        received: [],
        answers: [],
        asked: 0,
        subscription: {
          endpoint: `http://${host}${path}`,
          keys: {
            p256dh: ecdh.getPublicKey().toString('base64url'),
            auth: secret.toString('base64url'),
          },
        },
      };
      browsers.set(path, browser);
      return browser;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const hmac = (key: Buffer, ...parts: (Buffer | string)[]): Buffer => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
};

function decrypt(body: Buffer, { ecdh, secret }: { ecdh: ECDH; secret: Buffer }): Buffer {
  const salt = body.subarray(0, 16);
  const keyLength = body[20]!;
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const one = Buffer.from([1]);
  const shared = hmac(secret, ecdh.computeSecret(sender));
  const material = hmac(shared, 'WebPush: info\0', ecdh.getPublicKey(), sender, one);
  const random = hmac(salt, material);
  const key = hmac(random, 'Content-Encoding: aes128gcm\0', one).subarray(0, 16);
  const nonce = hmac(random, 'Content-Encoding: nonce\0', one).subarray(0, 12);
  const opened = createDecipheriv('aes-128-gcm', key, nonce);
  opened.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([opened.update(sealed.subarray(0, -16)), opened.final()]);
  return padded.subarray(0, padded.lastIndexOf(2));
}

function readVapid(authorization: string): Received['vapid'] {
  const [, token = '', key = ''] = authorization.match(/^vapid t=([^,]+), ?k=(.+)$/) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const raw = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: raw.subarray(1, 33).toString('base64url'),
    y: raw.subarray(33).toString('base64url'),
  };
  return {
    key,
    claims: JSON.parse(Buffer.from(claims, 'base64url').toString()),
    genuine: verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    ),
  };
}
