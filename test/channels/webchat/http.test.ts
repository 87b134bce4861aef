import { afterEach, describe, expect, it } from '@jest/globals';
import { startWebchat, type World } from './world.ts';

let world: World;
afterEach(() => world.stop());

describe('a visitor over HTTP', () => {
  it('gets a token without a cookie and sends a message that is kept [M3]', async () => {
    world = await startWebchat();
    const session = await world.call('POST', '/webchat/sessions', {});
    expect(session.headers.get('set-cookie')).toBeNull();
    const token = session.body.token;

    const sent = await world.post(token, { clientMessageId: 'a-1', text: 'Do you sell pumps?' });

    expect(sent.status).toBe(202);
    expect(sent.body.id).toEqual(expect.any(String));
    expect(world.accepted).toMatchObject([
      {
        id: sent.body.id,
        channel: 'webchat',
        account: 'website',
        audience: 'customer',
        body: { kind: 'text', text: 'Do you sell pumps?' },
        from: [{ scheme: 'visitor' }],
      },
    ]);
  });

  it('may repeat a message five times and it is one [B2]', async () => {
    world = await startWebchat();
    const token = await world.newVisitor();
    const answers = [];
    for (let i = 0; i < 5; i++)
      answers.push(await world.post(token, { clientMessageId: 'same', text: 'Hello' }));

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await world.read(token)).items).toHaveLength(1);
  });

  it('reads the answers in order after a cursor, with choices and the colleague’s name', async () => {
    world = await startWebchat({
      reply: () => [
        { content: { kind: 'text', text: 'Which product?', choices: [{ label: 'Pumps', value: 'p' }] } },
        { content: { kind: 'text', text: 'Asha here.' }, author: { kind: 'user', name: 'Asha' } },
      ],
    });
    const token = await world.newVisitor();
    await world.post(token, { clientMessageId: 'm1', text: 'Hi' });

    const all = await world.read(token);
    expect(all.items).toMatchObject([
      { direction: 'in', text: 'Hi', clientMessageId: 'm1' },
      {
        direction: 'out',
        text: 'Which product?',
        choices: [{ label: 'Pumps', value: 'p' }],
        author: { kind: 'bot' },
      },
      { direction: 'out', text: 'Asha here.', author: { kind: 'user', name: 'Asha' } },
    ]);
    expect(all.items.every((item: { at: string }) => !Number.isNaN(Date.parse(item.at)))).toBe(true);
    const rest = await world.read(token, `?after=${all.items[1].seq}`);
    expect(rest.items.map((item: { text: string }) => item.text)).toEqual(['Asha here.']);
    expect((await world.read(token, `?after=${rest.cursor}`)).items).toEqual([]);
  });

  it('presses a button and the value goes with it', async () => {
    world = await startWebchat();
    const token = await world.newVisitor();
    await world.post(token, { clientMessageId: 'p1', press: { value: 'product:pumps', label: 'Pumps' } });
    expect(world.accepted[0]!.body).toEqual({ kind: 'press', value: 'product:pumps', label: 'Pumps' });
  });

  it('waits for an answer instead of asking again and again', async () => {
    world = await startWebchat();
    const token = await world.newVisitor();
    await world.post(token, { clientMessageId: 'm1', text: 'Hi' });
    const thread = world.accepted[0]!.thread;
    const waiting = world.read(token, '?after=1&wait=20');
    while (world.listeners(thread) === 0) await new Promise(setImmediate);
    world.say(thread, { kind: 'text', text: 'Good morning' });
    expect((await waiting).items).toMatchObject([{ text: 'Good morning' }]);
    expect(world.listeners(thread)).toBe(0);
  });

  it('does not keep the server from stopping while it waits', async () => {
    world = await startWebchat();
    const token = await world.newVisitor();
    await world.post(token, { clientMessageId: 'a', text: 'Hi' });
    const waiting = world.read(token, '?after=1&wait=25');
    while (world.listeners(world.accepted[0]!.thread) === 0) await new Promise(setImmediate);
    await world.stop();
    expect((await waiting).items).toEqual([]);
  });

  it('comes back with the token and finds the conversation, not somebody else’s', async () => {
    world = await startWebchat();
    const first = await world.newVisitor();
    await world.post(first, { clientMessageId: 'm1', text: 'My number is 98765' });

    const back = await world.call('POST', '/webchat/sessions', { body: { token: first } });
    expect(back.body.resumed).toBe(true);
    expect((await world.read(back.body.token)).items).toHaveLength(1);
    expect((await world.read(await world.newVisitor())).items).toEqual([]);
  });

  it('stays away for half a year and begins anew', async () => {
    world = await startWebchat();
    const token = await world.newVisitor();
    world.clock.advance(181 * 86_400_000);
    expect((await world.call('GET', '/webchat/messages', { token })).status).toBe(401);
    expect((await world.call('POST', '/webchat/sessions', { body: { token } })).body.resumed).toBe(false);
  });
});

describe('what cannot be taken', () => {
  it.each([
    ['no token', undefined],
    ['nonsense', 'nonsense'],
    ['a forged token', `${Buffer.from('["v1","website",0,{}]').toString('base64url')}.AAAA`],
  ])('%s is 401', async (_name, token) => {
    world = await startWebchat();
    const sent = await world.call('POST', '/webchat/messages', {
      ...(token && { token }),
      body: { clientMessageId: 'a', text: 'Hi' },
    });
    expect(sent.status).toBe(401);
    expect(sent.body.error.code).toBe('auth.required');
    expect(world.accepted).toEqual([]);
  });

  it('a token with a changed visitor is 401', async () => {
    world = await startWebchat();
    const [payload, signature] = (await world.newVisitor()).split('.') as [string, string];
    const [, ...rest] = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = `${Buffer.from(JSON.stringify(['somebody-else', ...rest])).toString('base64url')}.${signature}`;
    expect((await world.call('GET', '/webchat/messages', { token: forged })).status).toBe(401);
  });

  it.each([
    ['without an id', { text: 'Hi' }, 'clientMessageId'],
    ['with a number as id', { clientMessageId: 7, text: 'Hi' }, 'clientMessageId'],
    ['without a text', { clientMessageId: 'a' }, 'text'],
    ['with an empty text', { clientMessageId: 'a', text: '  ' }, 'text'],
    ['with an object as text', { clientMessageId: 'a', text: { $ne: 1 } }, 'text'],
    ['with a press that carries nothing', { clientMessageId: 'a', press: {} }, 'press.value'],
  ])('a message %s is 400 and names the field', async (_name, body, field) => {
    world = await startWebchat();
    const answer = await world.post(await world.newVisitor(), body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.fields.map(({ path }: { path: string }) => path)).toContain(field);
    expect(world.accepted).toEqual([]);
  });

  it.each(['{"text":', '[]', '"hi"', 'null'])('a body of %s is 400', async (body) => {
    world = await startWebchat();
    expect((await world.post(await world.newVisitor(), body)).status).toBe(400);
  });

  it('an unreadable cursor is 400 and names it', async () => {
    world = await startWebchat();
    const answer = await world.call('GET', '/webchat/messages?after=yesterday', {
      token: await world.newVisitor(),
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.fields).toMatchObject([{ path: 'after' }]);
  });

  it('20,000 characters are kept, one more is 413', async () => {
    world = await startWebchat();
    const token = await world.newVisitor();
    for (const text of ['x'.repeat(20_000), '🙂'.repeat(20_000), 'سلام '.repeat(4_000), `null\u0000bytes`]) {
      expect((await world.post(token, { clientMessageId: text.slice(0, 4), text })).status).toBe(202);
      expect(world.accepted.at(-1)!.body).toEqual({ kind: 'text', text });
    }
    const over = await world.post(token, { clientMessageId: 'over', text: 'x'.repeat(20_001) });
    expect(over.status).toBe(413);
    expect(over.body.error.code).toBe('input.too_large');
    expect((await world.post(token, { clientMessageId: 'big', text: 'x'.repeat(2_000_000) })).status).toBe(
      413,
    );
  });

  it('a flood is 429 with the seconds to wait, and passes', async () => {
    world = await startWebchat({ settings: { messagesPerMinute: 3 } });
    const token = await world.newVisitor();
    const statuses = [];
    for (let i = 0; i < 4; i++)
      statuses.push((await world.post(token, { clientMessageId: `${i}`, text: 'Hi' })).status);
    expect(statuses).toEqual([202, 202, 202, 429]);
    const refused = await world.post(token, { clientMessageId: '3', text: 'Hi' });
    expect(refused.headers.get('retry-after')).toBe('20');
    expect((await world.post(await world.newVisitor(), { clientMessageId: '1', text: 'Hi' })).status).toBe(
      202,
    );
    world.clock.advance(20_000);
    expect((await world.post(token, { clientMessageId: '3', text: 'Hi' })).status).toBe(202);
  });

  it('is not acknowledged while the store is away, and the repeat is', async () => {
    world = await startWebchat();
    const token = await world.newVisitor();
    world.setBroken(true);
    const failed = await world.post(token, { clientMessageId: 'a', text: 'Hi' });
    expect(failed.status).toBe(500);
    expect(failed.body.error.retryable).toBe(true);
    world.setBroken(false);
    expect((await world.post(token, { clientMessageId: 'a', text: 'Hi' })).status).toBe(202);
  });
});

describe('sites that may embed the chat', () => {
  const ask = (origin: string) => world.call('POST', '/webchat/sessions', { body: {}, headers: { origin } });

  it('are the listed ones, and our own', async () => {
    world = await startWebchat({
      settings: { allowedOrigins: ['https://shop.example', 'https://*.example.com'] },
    });
    const good = await ask('https://shop.example');
    expect(good.status).toBe(201);
    expect(good.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect((await ask('https://www.example.com')).status).toBe(201);
    expect((await ask('https://crm.example.com')).status).toBe(201);
    expect((await ask('https://evil.example')).status).toBe(403);
    expect((await ask('https://shop.example.evil.net')).status).toBe(403);
    expect((await ask('https://evil.net/.example.com')).status).toBe(403);
  });

  it('may send the bearer token across sites', async () => {
    world = await startWebchat();
    const preflight = await fetch(`${world.url}/webchat/messages`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/);
  });

  it('learn how the widget should look', async () => {
    world = await startWebchat({
      settings: { title: 'RSoft', colour: '#112233', starters: ['Book a demo'] },
    });
    expect((await world.call('GET', '/webchat/config?account=website')).body).toMatchObject({
      account: 'website',
      title: 'RSoft',
      colour: '#112233',
      starters: ['Book a demo'],
      greeting: expect.any(String),
    });
    expect((await world.call('GET', '/webchat/config?account=nobody')).status).toBe(404);
  });
});
