/**
 * An SMSC behind TLS, written from the octets of SMPP 3.4 (sections 3.2, 4.1, 4.4, 4.6, 4.7, 4.11) and nothing else: no
 * library that the client knows stands at the other end of the line.
 */
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';

export type RawSmsc = Awaited<ReturnType<typeof startRawSmsc>>;

export async function startRawSmsc({ key, cert }: { key: Buffer; cert: Buffer }) {
  const heard: string[] = [];
  const lines = new Set<TLSSocket>();
  let count = 0;

  const server = createServer({ key, cert }, (socket) => {
    lines.add(socket);
    let rest = Buffer.alloc(0);
    // A client that does not trust us goes without a word.
    socket.on('error', () => {});
    socket.on('close', () => lines.delete(socket));
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
        const pdu = rest.subarray(0, rest.readUInt32BE(0));
        rest = rest.subarray(pdu.length);
        answer(socket, pdu);
      }
    });
  });
  server.on('tlsClientError', () => {});

  function answer(socket: TLSSocket, pdu: Buffer): void {
    const sequence = pdu.readUInt32BE(12);
    const fields = reader(pdu.subarray(16));
    switch (pdu.readUInt32BE(4)) {
      case 0x00000009:
        heard.push(`bind ${fields.text()} ${fields.text()}`);
        socket.write(packet(0x80000009, sequence, cString('raw')));
        return;
      case 0x00000004: {
        fields.text();
        const source = fields.address();
        const destination = fields.address();
        for (let skipped = 0; skipped < 3; skipped++) fields.octet();
        for (let skipped = 0; skipped < 2; skipped++) fields.text();
        const registered = fields.octet();
        fields.octet();
        const coding = fields.octet();
        fields.octet();
        const message = fields.octets(fields.octet());
        heard.push(`submit ${source} ${destination} ${registered} ${coding} ${message.toString('latin1')}`);
        const id = `raw-${++count}`;
        socket.write(packet(0x80000004, sequence, cString(id)));
        socket.write(packet(0x00000005, 1000 + count, deliverSm(destination, source, receipt(id))));
        return;
      }
      case 0x80000005:
        heard.push(`acknowledged ${pdu.readUInt32BE(8)}`);
        return;
      case 0x00000015:
        socket.write(packet(0x80000015, sequence));
        return;
      case 0x00000006:
        heard.push('unbind');
        socket.write(packet(0x80000006, sequence));
        return;
      default:
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    /** A customer writes. */
    say(from: string, text: string) {
      const deliver = deliverSm(from.slice(1), '56161', Buffer.from(text, 'latin1'), 0);
      for (const line of lines) line.write(packet(0x00000005, 9000, deliver));
    },
    async close() {
      for (const line of lines) line.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function packet(command: number, sequence: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(16 + body.length, 0);
  head.writeUInt32BE(command, 4);
  head.writeUInt32BE(sequence, 12);
  return Buffer.concat([head, body]);
}

const cString = (text: string): Buffer => Buffer.from(`${text}\0`, 'latin1');
const octets = (...values: number[]): Buffer => Buffer.from(values);

/** 4.6.1; `kind` 4 is a delivery receipt (5.2.12). */
const deliverSm = (from: string, to: string, message: Buffer, kind = 4): Buffer =>
  Buffer.concat([
    cString(''),
    octets(1, 1),
    cString(from),
    octets(1, 1),
    cString(to),
    octets(kind, 0, 0),
    cString(''),
    cString(''),
    octets(0, 0, 0, 0, message.length),
    message,
  ]);

/** Appendix B. */
const receipt = (id: string): Buffer =>
  Buffer.from(
    `id:${id} sub:001 dlvrd:001 submit date:2611231200 done date:2611231201 stat:DELIVRD err:000 text:`,
    'latin1',
  );

function reader(body: Buffer) {
  let at = 0;
  const octet = (): number => body[at++]!;
  function text(): string {
    const end = body.indexOf(0, at);
    const found = body.toString('latin1', at, end);
    at = end + 1;
    return found;
  }
  return {
    octet,
    text,
    octets(length: number): Buffer {
      at += length;
      return body.subarray(at - length, at);
    },
    /** Type of number, numbering plan, and the address. */
    address(): string {
      octet();
      octet();
      return text();
    },
  };
}
