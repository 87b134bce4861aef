import { once } from 'node:events';
import { afterEach, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { startWebchat, type World } from './world.ts';

let world: World;
const open: WebSocket[] = [];
afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  await world.stop();
});

/** A socket that keeps its frames; `next(type)` waits for the first one of that type not yet taken. */
function connect(protocols: string[], query = '') {
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/webchat/socket${query}`, protocols);
  open.push(socket);
  socket.on('error', () => {});
  const frames: any[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    frames.push(JSON.parse(data.toString()));
    wake();
  });
  return {
    socket,
    send: (frame: object) => socket.send(JSON.stringify(frame)),
    async next(type: string): Promise<any> {
      for (;;) {
        const index = frames.findIndex((frame) => frame.type === type);
        if (index >= 0) return frames.splice(index, 1)[0];
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
const texts = (frame: { items: { text: string }[] }) => frame.items.map(({ text }) => text);

it('shows what was said before, then what is said now', async () => {
  world = await startWebchat();
  const token = await world.newVisitor();
  await world.post(token, { clientMessageId: 'a', text: 'Hi' });
  const line = connect(['parley', token]);
  await line.next('ready');
  expect(line.socket.protocol).toBe('parley');
  expect(texts(await line.next('items'))).toEqual(['Hi']);
  world.say(world.accepted[0]!.thread, { kind: 'text', text: 'Good morning' });
  expect(texts(await line.next('items'))).toEqual(['Good morning']);
});

it('resumes after the cursor and misses nothing that was said meanwhile', async () => {
  world = await startWebchat();
  const token = await world.newVisitor();
  await world.post(token, { clientMessageId: 'a', text: 'one' });
  const first = connect(['parley', token]);
  const cursor = (await first.next('items')).items.at(-1).seq;
  first.socket.terminate();
  const thread = world.accepted[0]!.thread;
  for (let i = 0; i < 250; i++) world.say(thread, { kind: 'text', text: `late ${i}` });

  const again = connect(['parley', token], `?after=${cursor}`);
  const seen: string[] = [];
  while (seen.length < 250) seen.push(...texts(await again.next('items')));
  expect(seen).toEqual(Array.from({ length: 250 }, (_, i) => `late ${i}`));
});

it('takes the token as the first message, and messages in order, each answered', async () => {
  world = await startWebchat({
    reply: (event) => [{ content: { kind: 'text', text: `re: ${(event.body as { text: string }).text}` } }],
  });
  const token = await world.newVisitor();
  const line = connect(['parley']);
  await once(line.socket, 'open');
  line.send({ type: 'hello', token, after: 0 });
  for (let i = 1; i <= 20; i++) line.send({ type: 'message', clientMessageId: `m${i}`, text: `${i}` });
  line.send({ type: 'message', clientMessageId: 'm1', text: '1' });
  for (let i = 1; i <= 20; i++)
    expect(await line.next('accepted')).toMatchObject({ clientMessageId: `m${i}` });
  expect(await line.next('accepted')).toMatchObject({ clientMessageId: 'm1' });
  const seen: string[] = [];
  while (seen.length < 40) seen.push(...texts(await line.next('items')));
  expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => [`${i + 1}`, `re: ${i + 1}`]).flat());
  expect(world.accepted).toHaveLength(20);
});

it('answers a bad frame with the field and stays open; a ping with a pong', async () => {
  world = await startWebchat();
  const line = connect(['parley', await world.newVisitor()]);
  await line.next('ready');
  line.socket.send('{nonsense');
  expect((await line.next('error')).error.code).toBe('input.malformed');
  line.send({ type: 'message', clientMessageId: 'x', text: '' });
  expect(await line.next('error')).toMatchObject({
    clientMessageId: 'x',
    error: { code: 'input.invalid', details: { fields: [{ path: 'text' }] } },
  });
  line.send({ type: 'ping' });
  await line.next('pong');
});

it('refuses a wrong token before the line opens, and a late one by closing it', async () => {
  world = await startWebchat();
  const refused = connect(['parley', 'not.a-token']);
  const [, response] = (await once(refused.socket, 'unexpected-response')) as [
    unknown,
    { statusCode: number },
  ];
  expect(response.statusCode).toBe(401);

  const late = connect(['parley']);
  await once(late.socket, 'open');
  late.send({ type: 'hello', token: 'not.a-token' });
  expect((await late.next('error')).error.code).toBe('auth.required');
  expect((await once(late.socket, 'close'))[0]).toBe(4401);
});

it('stops listening when the visitor leaves', async () => {
  world = await startWebchat();
  const token = await world.newVisitor();
  await world.post(token, { clientMessageId: 'a', text: 'Hi' });
  const line = connect(['parley', token]);
  await line.next('items');
  const thread = world.accepted[0]!.thread;
  expect(world.listeners(thread)).toBe(1);
  line.socket.close();
  while (world.listeners(thread) > 0) await new Promise(setImmediate);
});

it('outlives a reconnect storm of 200 sockets, each with its own place', async () => {
  world = await startWebchat();
  const token = await world.newVisitor();
  await world.post(token, { clientMessageId: 'a', text: 'Hi' });
  const thread = world.accepted[0]!.thread;
  for (let round = 0; round < 2; round++) {
    world.say(thread, { kind: 'text', text: `round ${round}` });
    const lines = Array.from({ length: 200 }, () => connect(['parley', token], `?after=${round}`));
    for (const line of lines) {
      const seen: string[] = [];
      while (seen.at(-1) !== `round ${round}`) seen.push(...texts(await line.next('items')));
      expect(seen).toEqual(['Hi', 'round 0', 'round 1'].slice(round, round + 2));
    }
    for (const line of lines) line.socket.terminate();
  }
  while (world.listeners(thread) > 0) await new Promise(setImmediate);
});

it('is closed when the server stops, so that it can come back to the next one', async () => {
  world = await startWebchat();
  const line = connect(['parley', await world.newVisitor()]);
  await line.next('ready');
  const closed = once(line.socket, 'close');
  await world.stop();
  await closed;
});
