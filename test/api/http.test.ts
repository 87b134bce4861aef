import { type TestApp, testApp } from '../support/app.ts';
import { echo } from '../support/echo.ts';

describe('the HTTP interface', () => {
  let app: TestApp;
  let base: string;
  beforeAll(async () => {
    app = await testApp({ decide: echo });
    base = (await app.start())!;
    await app.user('Ada', 'administrator', { password: 'correct horse battery' });
    await app.user('Kiran', 'tele-caller', { password: 'staple staple staple' });
  });
  afterAll(() => app.dispose());

  const call = async (
    path: string,
    {
      token,
      body,
      method = body === undefined ? 'GET' : 'POST',
      headers = {},
    }: { token?: string; body?: unknown; method?: string; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: response.headers.get('content-type')?.includes('json')
        ? await response.json()
        : await response.text(),
    };
  };
  const signIn = async (email = 'ada@example.com', password = 'correct horse battery') =>
    (await call('/api/auth/login', { body: { email, password } })).body.token as string;

  it('says that it lives, that it is ready, and its figures', async () => {
    expect(await call('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await call('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect((await call('/metrics')).body).toContain('parley_inbox_waiting 0');
  });

  it('signs in with mail and password: a cookie for the browser, a token for bearers [M60]', async () => {
    const answer = await call('/api/auth/login', {
      body: { email: 'Ada@Example.com', password: 'correct horse battery' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/parley_session=.+; .*HttpOnly; SameSite=Lax/i);
    expect(await call('/api/me', { token: answer.body.token })).toMatchObject({
      status: 200,
      body: { user: { name: 'Ada', role: 'administrator' } },
    });
    await call('/api/auth/logout', { token: answer.body.token, body: {} });
    expect((await call('/api/me', { token: answer.body.token })).status).toBe(401);
  });

  it.each([
    ['a wrong password', 'ada@example.com', 'wrong'],
    ['an unknown mail', 'nobody@example.com', 'correct horse battery'],
  ])('refuses %s in the same words', async (_what, email, password) => {
    expect(await call('/api/auth/login', { body: { email, password } })).toMatchObject({
      status: 401,
      body: { error: { code: 'auth.wrong_credentials' } },
    });
  });

  it('names the field that is wrong', async () => {
    const { status, body } = await call('/api/commands/user.create', {
      token: await signIn(),
      body: { email: 'no mail', name: '', role: 'manager' },
    });
    expect(status).toBe(400);
    expect(body.error.details.fields.map(({ path }: { path: string }) => path)).toEqual(['email', 'name']);
  });

  it('answers broken JSON, an unknown command and too much with 400, 404 and 413', async () => {
    const token = await signIn();
    expect(await call('/api/commands/user.create', { token, body: '{"email":' })).toMatchObject({
      status: 400,
      body: { error: { code: 'input.malformed' } },
    });
    expect(await call('/api/commands/nothing.here', { token, body: {} })).toMatchObject({
      status: 404,
      body: { error: { code: 'command.unknown' } },
    });
    expect(
      await call('/api/commands/user.create', { token, body: { name: 'x'.repeat(1_100_000) } }),
    ).toMatchObject({ status: 413, body: { error: { code: 'input.too_large' } } });
  });

  it('does nothing twice when two clicks carry the same key', async () => {
    const token = await signIn();
    const click = () =>
      call('/api/commands/user.create', {
        token,
        body: { email: 'twice@example.com', name: 'Twice', role: 'manager' },
        headers: { 'idempotency-key': 'one' },
      });
    const [first, second] = await Promise.all([click(), click()]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body.user.id).toBe(second.body.user.id);
  });

  it('never runs a command that is internal, whoever asks [M61]', async () => {
    expect((await call('/api/commands/message.deliver', { token: await signIn(), body: {} })).status).toBe(
      404,
    );
  });

  it('refuses a tele-caller what only an administrator may, in words [M60]', async () => {
    const token = await signIn('kiran@example.com', 'staple staple staple');
    expect(
      await call('/api/commands/user.create', {
        token,
        body: { email: 'a@example.com', name: 'A', role: 'administrator' },
      }),
    ).toMatchObject({ status: 403, body: { error: { code: 'auth.forbidden' } } });
  });

  it('takes rights away at once: a deactivated user is signed out [M60]', async () => {
    const admin = await signIn();
    const { body } = await call('/api/commands/user.create', {
      token: admin,
      body: { email: 'gone@example.com', name: 'Gone', role: 'manager', password: 'a long password' },
    });
    const token = await signIn('gone@example.com', 'a long password');
    expect((await call('/api/me', { token })).status).toBe(200);
    await call('/api/commands/user.update', { token: admin, body: { id: body.user.id, active: false } });
    expect((await call('/api/me', { token })).status).toBe(401);
  });

  it('does not count the cookie of a request that another site makes', async () => {
    const token = await signIn();
    const headers = { cookie: `parley_session=${token}`, origin: 'https://evil.example' };
    expect((await call('/api/commands/link.start', { body: {}, headers })).status).toBe(401);
  });

  it('describes itself as OpenAPI 3.1, with a page to read it [B1]', async () => {
    const { body } = await call('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(
      body.paths['/api/commands/user.create'].post.requestBody.content['application/json'].schema.required,
    ).toEqual(expect.arrayContaining(['email', 'name', 'role']));
    expect(JSON.stringify(body)).not.toContain('message.deliver');
    expect((await call('/api/docs')).status).toBe(200);
  });

  it('chats over the web: a session, a message whose repeat changes nothing, an answer [M3] [B2]', async () => {
    const {
      body: { token },
    } = await call('/webchat/sessions', { body: {} });
    for (let i = 0; i < 5; i++)
      expect(
        (await call('/webchat/messages', { token, body: { clientMessageId: 'c1', text: 'hello' } })).status,
      ).toBe(202);
    await app.idle();
    const { body } = await call('/webchat/messages?after=0', { token });
    expect(body.items).toMatchObject([
      { direction: 'in', text: 'hello' },
      { direction: 'out', text: '1: hello' },
    ]);
    expect((await call('/webchat/messages?after=0', { token: 'nonsense' })).status).toBe(401);
  });

  it('says in a live stream what changed, to those who may know it', async () => {
    const stop = new AbortController();
    const response = await fetch(`${base}/api/events`, {
      headers: { authorization: `Bearer ${await signIn()}` },
      signal: stop.signal,
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hear = async (words: string) => {
      while (!heard.includes(words)) heard += (await reader.read()).value ?? '';
    };
    await hear('event: hello');
    await app.say('news', { thread: '+9199' });
    await hear('"name":"message.received"');
    stop.abort();
    expect(heard).toContain('"kind":"Conversation"');
    expect((await call('/api/events')).status).toBe(401);
  });
});
