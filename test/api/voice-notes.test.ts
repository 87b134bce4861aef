import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, testApp } from '../support/app.ts';

const password = 'a good long sentence';

/** A server that speaks OpenAI's transcription: multipart in, `{text}` out. */
function speechServer(): Promise<{
  server: Server;
  url: string;
  heard: string[];
  answer: { status: number; text: string };
}> {
  const heard: string[] = [];
  const answer = { status: 200, text: 'spoke to Ravi, wants demo friday 4pm' };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    heard.push(`${request.url} ${Buffer.concat(chunks).toString('latin1')}`);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(answer.status === 200 ? { text: answer.text } : { error: { message: 'no' } }),
    );
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        server,
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
        heard,
        answer,
      }),
    ),
  );
}

describe('a voice note on a call [B12]', () => {
  let app: TestApp;
  let speech: Awaited<ReturnType<typeof speechServer>>;
  let token: string;
  beforeAll(async () => {
    speech = await speechServer();
    app = await testApp({
      change: (config) => {
        Object.assign(config.app.llm, { baseUrl: speech.url });
      },
    });
    await app.start();
    await app.user('Kiran', 'tele-caller', { password });
    const signedIn = await app.server.inject({
      method: 'POST',
      url: '/api/auth/login',
      payload: { email: 'kiran@example.com', password },
    });
    token = signedIn.json().token;
  }, 60_000);
  afterAll(async () => {
    await app.dispose();
    speech.server.close();
  });
  const send = async (more: { body?: Buffer; type?: string; signedIn?: boolean } = {}) => {
    const { body = Buffer.from('sound'), type = 'audio/webm;codecs=opus', signedIn = true } = more;
    const answer = await app.server.inject({
      method: 'POST',
      url: '/api/voice-notes',
      headers: { 'content-type': type, ...(signedIn && { authorization: `Bearer ${token}` }) },
      payload: body,
    });
    return { status: answer.statusCode, body: answer.json() };
  };

  it('is refused plainly where no model for it is configured, and nothing leaves the house', async () => {
    expect(await send()).toMatchObject({
      status: 409,
      body: { error: { code: 'voice.off', message: expect.stringContaining('Please type it instead') } },
    });
    expect(speech.heard).toEqual([]);
  });

  it('becomes text where one is, for a person to read', async () => {
    Object.assign(app.config.app.llm, { enabled: true, transcriptionModel: 'whisper-1' });
    expect(await send()).toEqual({ status: 200, body: { text: 'spoke to Ravi, wants demo friday 4pm' } });
    expect(speech.heard[0]).toMatch(/^\/v1\/audio\/transcriptions /);
    expect(speech.heard[0]).toContain('whisper-1');
    expect(speech.heard[0]).toContain('sound');
  });

  it('is nobody’s who is not signed in, and must be a recording', async () => {
    expect((await send({ signedIn: false })).status).toBe(401);
    expect((await send({ type: 'text/plain' })).status).toBe(400);
    expect((await send({ body: Buffer.alloc(0) })).status).toBe(400);
  });

  it('says in words what went wrong', async () => {
    speech.answer.text = '  ';
    expect((await send()).body.error.message).toContain('nothing was heard on it');
    speech.answer.status = 400;
    expect(await send()).toMatchObject({ status: 502, body: { error: { code: 'voice.failed' } } });
  });
});
