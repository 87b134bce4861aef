import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditModel } from '../../../src/core/audit.ts';
import { listCalls } from '../../../src/domain/activities/contract.ts';
import { assignLead } from '../../../src/domain/leads/contract.ts';
import { updateUser } from '../../../src/domain/staff/contract.ts';
import { giveLine, listenTo, retryRecording } from '../../../src/domain/telephony/contract.ts';
import { asSystem } from '../../support/app.ts';
import { authToken, incoming, type PhoneWorld, phoneWorld, priyasLine } from './world.ts';

/** Plays api.twilio.com: recordings behind the account's name and token, not ready at first. */
function provider(): Promise<{
  server: Server;
  url: string;
  asked: string[];
  fail: { times: number; status: number };
}> {
  const asked: string[] = [];
  const fail = { times: 0, status: 404 };
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const known = `Basic ${Buffer.from(`ACtest:${authToken}`).toString('base64')}`;
    if (request.headers.authorization !== known) return void response.writeHead(401).end();
    if (fail.times-- > 0) return void response.writeHead(fail.status).end();
    response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(audio);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, fail }),
    ),
  );
}
const audio = Buffer.from('ID3 what Ravi said about the price of RSoft CRM');

describe('recordings of calls', () => {
  let world: PhoneWorld;
  let twilio: Awaited<ReturnType<typeof provider>>;
  let priya: Awaited<ReturnType<PhoneWorld['app']['user']>>;
  let arjun: typeof priya;
  let count = 0;
  beforeAll(async () => {
    twilio = await provider();
    world = await phoneWorld({ twilio: { apiUrl: twilio.url, record: true } });
    priya = await world.app.user('Priya Shah', 'tele-caller');
    await world.app.bus.command(giveLine, { line: priyasLine, userId: priya.id }, asSystem);
  }, 60_000);
  afterAll(async () => {
    await world.app.dispose();
    twilio.server.close();
  });

  async function recordedCall({ first = false } = {}) {
    const sid = `CA-rec-${++count}`;
    const call = incoming(sid, { from: `+9198450${50_000 + count}` });
    const recording = {
      CallSid: sid,
      AccountSid: 'ACtest',
      RecordingSid: `RE${count}`,
      RecordingUrl: `${twilio.url}/2010-04-01/Accounts/ACtest/Recordings/RE${count}`,
      RecordingStatus: 'completed',
      RecordingDuration: '118',
    };
    if (first) await world.twilio(recording);
    for (const report of [call.rings, call.taken, call.legEnds(120), call.ends(125)])
      await world.twilio(report);
    for (let times = 0; times < 3; times++) await world.twilio(recording);
    return (await lastCall())!;
  }
  const lastCall = async () => (await world.app.bus.query(listCalls, { limit: 1 }, asSystem)).items[0];
  const audits = async (callId: string) =>
    (await AuditModel.find({ 'changes.id': callId, command: 'recording.play' }).lean()) as any[];
  const inVault = () => files(join(world.app.config.dataDir, 'vault'));

  it('are fetched once, kept so that nobody can read the file, and heard by whose call it is [M32] [M66]', async () => {
    const before = twilio.asked.length;
    const call = await recordedCall();
    expect(call).toMatchObject({ recording: { state: 'stored', seconds: 118 }, by: 'Priya Shah' });
    expect(twilio.asked.slice(before)).toEqual([`/2010-04-01/Accounts/ACtest/Recordings/RE${count}.mp3`]);
    for (const path of inVault()) {
      expect(readFileSync(path).includes('price of RSoft')).toBe(false);
      expect(path).not.toMatch(/CA-rec|RE\d|98450/);
      expect(statSync(path).mode & 0o077).toBe(0);
    }
    const { url, expiresAt } = await world.app.bus.command(listenTo, { callId: call.id }, priya);
    expect(expiresAt).toBe(new Date(world.app.clock.now().getTime() + 300_000).toISOString());
    const heard = await world.app.server.inject({ url });
    expect([heard.statusCode, heard.headers['content-type']]).toEqual([200, 'audio/mpeg']);
    expect(heard.rawPayload.equals(audio)).toBe(true);
    const part = await world.app.server.inject({ url, headers: { range: 'bytes=4-7' } });
    expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([
      206,
      'what',
      `bytes 4-7/${audio.length}`,
    ]);
    // Each time stands in the audit, with who it was.
    expect((await audits(call.id)).map(({ actorName }) => actorName)).toEqual(['Priya Shah', 'Priya Shah']);
  });

  it('that come before their call are found by it', async () => {
    expect(await recordedCall({ first: true })).toMatchObject({ recording: { state: 'stored' } });
  });

  it('are not there for a colleague, by no way; a link is worth nothing when it is over, changed, or the right is gone [M61] [M66]', async () => {
    const call = await recordedCall();
    arjun = await world.app.user('Arjun Rao', 'tele-caller');
    await expect(world.app.bus.command(listenTo, { callId: call.id }, arjun)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    const { url } = await world.app.bus.command(listenTo, { callId: call.id }, priya);
    const status = async (address: string) => (await world.app.server.inject({ url: address })).statusCode;
    expect(await status(url.replace(priya.id, arjun.id))).toBe(401);
    expect(await status(`${url}x`)).toBe(401);
    expect(await status(url)).toBe(200);
    // Given to somebody else meanwhile: Priya's link ends at once.
    const manager = await world.app.user('Meera Iyer', 'manager');
    await world.app.bus.command(assignLead, { leadId: call.leadId, assigneeId: arjun.id }, manager);
    await world.app.idle();
    expect(await status(url)).toBe(404);
    const his = await world.app.bus.command(listenTo, { callId: call.id }, arjun);
    expect(await status(his.url)).toBe(200);
    world.app.clock.advance(300_000);
    expect(await status(his.url)).toBe(410);
    const last = await world.app.bus.command(listenTo, { callId: call.id }, arjun);
    await world.app.bus.command(updateUser, { id: arjun.id, active: false }, asSystem);
    expect(await status(last.url)).toBe(410);
  });

  it('are asked for again, later each time, while the provider has them not ready', async () => {
    twilio.fail.times = 2;
    const before = twilio.asked.length;
    const call = await recordedCall();
    expect(call.recording).toMatchObject({ state: 'waiting' });
    await expect(world.app.bus.command(listenTo, { callId: call.id }, asSystem)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    for (const minutes of [1, 2]) {
      world.app.clock.advance(minutes * 60_000);
      await world.app.idle();
    }
    expect(twilio.asked.length - before).toBe(3);
    expect((await lastCall())!.recording).toMatchObject({ state: 'stored' });
  });

  it('that are refused for good are shown as failed, and can be asked for by hand', async () => {
    twilio.fail.times = 100;
    twilio.fail.status = 500;
    const call = await recordedCall();
    for (const minutes of [1, 2, 5, 15, 60, 240, 720]) {
      world.app.clock.advance(minutes * 60_000);
      await world.app.idle();
    }
    expect((await lastCall())!.recording).toMatchObject({ state: 'failed' });
    twilio.fail.times = 0;
    await world.app.bus.command(retryRecording, { callId: call.id }, asSystem);
    await world.app.idle();
    expect((await lastCall())!.recording).toMatchObject({ state: 'stored' });
  });
});

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
