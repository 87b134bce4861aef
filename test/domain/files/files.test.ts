import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import type { Caller } from '../../../src/core/bus.ts';
import { loadConfig } from '../../../src/core/config.ts';
import {
  assignConversations,
  listConversations,
  listMessages,
  replyAsStaff,
} from '../../../src/domain/conversations/contract.ts';
import { listFiles } from '../../../src/domain/files/contract.ts';
import { sweepFiles } from '../../../src/domain/files/jobs.ts';
import { imageSize } from '../../../src/render/image-size.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';
import { type Scanner, startScanner } from './scanner.ts';

const ravi = '919845010101';
const picture = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('the meter of my shop'),
]);
/** PNG (ISO 15948): a header, one block of rows each without filter, an end. */
function noise(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const rows = Buffer.concat(
    Array.from({ length: height }, () => Buffer.concat([Buffer.alloc(1), randomBytes(width * 3)])),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const password = 'a good long sentence';

describe('files of conversations', () => {
  let app: TestApp;
  let emulator: Emulator;
  let scanner: Scanner;
  let folder: string;
  let kiran: Caller & { id: string };
  let arjun: Caller & { id: string };
  let token: string;
  let conversationId: string;

  beforeAll(async () => {
    scanner = await startScanner();
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    app = await testApp({
      change: (config) => {
        folder = config.dataDir;
        config.app.files.scan.clamd = scanner.address;
        const { accounts } = loadConfig({
          ...emulator.environment(),
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = accounts.filter(({ channel }) => channel === 'whatsapp');
      },
    });
    emulator.setTarget({ baseUrl: (await app.start())! });
    kiran = await app.user('Kiran', 'tele-caller', { password });
    arjun = await app.user('Arjun', 'tele-caller', { password });
    const signedIn = await app.server.inject({
      method: 'POST',
      url: '/api/auth/login',
      payload: { email: 'kiran@example.com', password },
    });
    token = signedIn.json().token;
    await settled(() => emulator.whatsapp.say(ravi, 'Hello'));
    const { items } = await app.bus.query(listConversations, { channel: 'whatsapp' }, asSystem);
    conversationId = items[0]!.id;
    // Written to the conversation itself: whose it is decides who may open its files.
    await give(kiran.id);
  }, 60_000);
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
    await scanner?.stop();
  });

  const settled = async (act: () => Promise<unknown>) => {
    await act();
    await app.idle();
  };
  const sends = (body: Buffer, filename?: string, mime = 'image/png') =>
    settled(() => emulator.whatsapp.file(ravi, { body, mime, ...(filename && { filename }) } as never));
  const give = async (assigneeId: string) => {
    const { items } = await app.bus.query(listConversations, { channel: 'whatsapp' }, asSystem);
    const contactId = items[0]!.contactId!;
    await app.bus.command(assignConversations, { contactId, assigneeId }, asSystem);
  };
  const filesOf = async (who: Caller) => (await app.bus.query(listFiles, { conversationId }, who)).items;
  const open = (url: string, headers = {}) => app.server.inject({ method: 'GET', url, headers });
  const upload = (body: Buffer, filename: string, type: string) =>
    app.server.inject({
      method: 'POST',
      url: `/api/files?filename=${encodeURIComponent(filename)}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      payload: body,
    });
  const vault = () =>
    (readdirSync(join(folder, 'vault', 'files'), { recursive: true }) as string[])
      .map((name) => join(folder, 'vault', 'files', name))
      .filter((path) => statSync(path).isFile());

  it('a photo that a customer sends is fetched, checked and opened by whoever may see the talk [M66]', async () => {
    await sends(picture);
    const [file] = await filesOf(kiran);
    expect(file).toMatchObject({
      type: 'image',
      mime: 'image/png',
      state: 'ready',
      shown: true,
      bytes: picture.length,
    });
    const answer = await open(file!.url!);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(picture)).toBe(true);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(String(answer.headers['content-disposition'])).toMatch(/^inline/);
    expect((await open(file!.url!, { range: 'bytes=0-3' })).rawPayload).toEqual(picture.subarray(0, 4));
    await expect(filesOf(arjun)).rejects.toMatchObject({ code: 'record.not_found' });
  });

  it('its address is worth nothing changed, a quarter of an hour later, or to whom the talk was taken from', async () => {
    const [file] = await filesOf(kiran);
    const url = file!.url!;
    expect((await open(`${url.slice(0, -2)}xx`)).statusCode).toBe(401);
    expect((await open(url.replace(file!.id, `${file!.id.slice(0, -1)}Z`))).statusCode).toBe(401);
    await give(arjun.id);
    expect((await open(url)).statusCode).toBe(404);
    await give(kiran.id);
    expect((await open(url)).statusCode).toBe(200);
    app.clock.advance(15 * 60_000);
    expect((await open(url)).statusCode).toBe(410);
  });

  it('stands on the disk once, however often it is sent, and nobody can read it there [M66]', async () => {
    const before = vault().length;
    const asked = scanner.asked;
    await sends(picture);
    expect(vault()).toHaveLength(before);
    expect(scanner.asked).toBe(asked);
    expect(await filesOf(kiran)).toHaveLength(2);
    for (const path of vault()) {
      expect(readFileSync(path).includes('the meter of my shop')).toBe(false);
      expect(path).not.toMatch(/png|meter/);
    }
  });

  it('is not shown before the virus scanner has seen it, and comes when that is back', async () => {
    scanner.away = true;
    await sends(Buffer.from('%PDF-1.7 needs'), 'needs.pdf', 'application/pdf');
    const [waiting] = await filesOf(kiran);
    expect(waiting).toMatchObject({ filename: 'needs.pdf', state: 'checking', shown: false });
    expect(waiting!.url).toBeUndefined();
    expect(waiting!.problem).toMatch(/^Waits for the virus scanner\./);
    scanner.away = false;
    app.clock.advance(60_000);
    await app.idle();
    expect((await filesOf(kiran))[0]).toMatchObject({ filename: 'needs.pdf', state: 'ready' });
  });

  it('is locked away where the scanner finds something, and it is said in words', async () => {
    await sends(Buffer.from('%PDF-1.7 EICAR-STANDARD-ANTIVIRUS-TEST-FILE'), 'invoice.pdf', 'application/pdf');
    const [file] = await filesOf(kiran);
    expect(file).toMatchObject({ state: 'infected', shown: false });
    expect(file!.url).toBeUndefined();
    expect(file!.problem).toBe(
      'Our virus scanner found Eicar-Test-Signature in it: it is locked away and cannot be opened.',
    );
    const refused = await upload(Buffer.from('%PDF-1.7 EICAR again'), 'offer.pdf', 'application/pdf');
    expect(refused.statusCode).toBe(422);
    expect(refused.json().error.message).toContain('Eicar-Test-Signature');
  });

  it('a photo is shown small in the list, and only to whoever may open it', async () => {
    const photo = noise(600, 400);
    await sends(photo);
    const [file] = await filesOf(kiran);
    const small = await open(`${file!.url!}?small`);
    expect(small.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
    expect(imageSize(small.rawPayload)).toMatchObject({ width: 600, height: 400 });
    expect((await open(file!.url!)).rawPayload.equals(photo)).toBe(true);
    expect((await open(`${file!.url!.slice(0, -1)}~?small`)).statusCode).toBeGreaterThanOrEqual(400);
  });

  it('a page that calls itself a picture is saved, never shown', async () => {
    await sends(Buffer.from('<html><script>alert(1)</script></html>'), 'cat.png');
    const [file] = await filesOf(kiran);
    expect(file).toMatchObject({ state: 'ready', mime: 'application/octet-stream', shown: false });
    const answer = await open(file!.url!);
    expect(String(answer.headers['content-disposition'])).toMatch(/^attachment/);
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    const refused = await upload(Buffer.from('<html></html>'), 'cat.png', 'image/png');
    expect(refused.statusCode).toBe(415);
    expect(refused.json().error.message).toContain('PDF');
  });

  it('a colleague sends a file, the place on the map and a contact card; the customer has them on WhatsApp', async () => {
    const { fileId } = (await upload(picture, 'plan.png', 'image/png')).json();
    await settled(() =>
      app.bus.command(
        replyAsStaff,
        {
          conversationId,
          text: 'Our plan',
          fileIds: [fileId],
          location: true,
          contact: { name: 'Meera Iyer', phones: ['+91 98450 22222'], emails: [] },
        },
        kiran,
      ),
    );
    const sent = emulator.whatsapp.taken().slice(-3);
    expect(sent.map(({ type }) => type)).toEqual(['image', 'location', 'contacts']);
    expect(sent[0]!.image).toMatchObject({ caption: 'Our plan', id: expect.any(String) });
    expect(sent[1]!.location).toMatchObject({ name: 'RSoft Technologies' });
    expect(sent[2]!.contacts[0]).toMatchObject({
      name: { formatted_name: 'Meera Iyer' },
      phones: [{ phone: '+91 98450 22222' }],
    });
    const { items } = await app.bus.query(listMessages, { conversationId }, kiran);
    const [file] = await filesOf(kiran);
    expect(items.find(({ id }) => id === file!.messageId)).toMatchObject({
      direction: 'out',
      text: 'Our plan',
    });
    // Somebody else's upload cannot be sent, nor the same one twice.
    await expect(
      app.bus.command(replyAsStaff, { conversationId, fileIds: [fileId] }, kiran),
    ).rejects.toMatchObject({ code: 'record.not_found' });
  });

  it('goes after the time that was set, with its bytes; what is still needed stays', async () => {
    const { app: settings } = app.config;
    const fresh = await upload(Buffer.from('%PDF-1.7 never sent'), 'draft.pdf', 'application/pdf');
    expect(fresh.statusCode).toBe(201);
    settings.files.keepDays = 30;
    const sweep = () => app.bus.unitOfWork(asSystem, sweepFiles.run);
    app.clock.advance(31 * 86_400_000);
    await sends(Buffer.from('%PDF-1.7 of today'), 'today.pdf', 'application/pdf');
    await sweep();
    const files = await filesOf(kiran);
    expect(files.filter(({ state }) => state === 'ready').map(({ filename }) => filename)).toEqual([
      'today.pdf',
    ]);
    expect(files.find(({ filename }) => filename === 'needs.pdf')).toMatchObject({
      state: 'removed',
      problem: 'Removed after 30 days.',
    });
    app.clock.advance(25 * 3600_000);
    await sweep();
    expect(vault()).toHaveLength(1);
  });
});
