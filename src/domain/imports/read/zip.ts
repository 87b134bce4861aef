/** Whether a workbook unpacks to something that can be held: every entry is unpacked once, counted and thrown away. */
import { createInflateRaw } from 'node:zlib';
import { limits, Unreadable } from './limits.ts';

type Entry = { name: string; method: number; packed: Buffer };

const noWorkbook = 'This is no .xlsx workbook. Save it as .xlsx or CSV and try again.';

/** @throws Unreadable for what is no workbook, is encrypted, or unpacks to more than the limit. */
export async function checkWorkbook(bytes: Buffer): Promise<void> {
  const entries = entriesOf(bytes);
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) throw new Unreadable(noWorkbook);
  let left: number = limits.unpacked;
  for (const { method, packed } of entries) {
    if (method !== 0 && method !== 8) throw new Unreadable(noWorkbook);
    left -= method === 0 ? packed.length : await unpackedSize(packed, left);
    if (left < 0)
      throw new Unreadable(
        `The workbook unpacks to more than ${limits.unpacked / 1024 / 1024} MB. Save the sheet as CSV, or in parts.`,
      );
  }
}

function unpackedSize(packed: Buffer, most: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let size = 0;
    const inflate = createInflateRaw();
    inflate.on('data', (part: Buffer) => {
      size += part.length;
      if (size > most) inflate.destroy();
    });
    inflate.on('close', () => resolve(size));
    inflate.on('error', () =>
      reject(new Unreadable('The workbook is damaged: a part of it cannot be unpacked.')),
    );
    inflate.end(packed);
  });
}

/** The central directory, as APPNOTE.TXT 4.3.12 has it. */
function entriesOf(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 20 > bytes.length) throw new Unreadable(noWorkbook);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw new Unreadable(noWorkbook);
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    if (flags & 1) throw new Unreadable('The workbook has a password. Save it without one and try again.');
    if (local + 30 > bytes.length) throw new Unreadable(noWorkbook);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      method,
      packed: bytes.subarray(begin, begin + bytes.readUInt32LE(at + 20)),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}
