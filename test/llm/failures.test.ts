import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeClock } from '../../src/core/clock.ts';
import { createLlm, type LlmSettings, memoryLedger } from '../../src/llm/index.ts';
import { completion, cutOff, fakeServer, type Play, silence, stalled, status } from './fake-server.ts';

const blank = {
  person: null,
  company: null,
  phone: null,
  email: null,
  city: null,
  product: null,
  quantity: null,
  budget: null,
  when: null,
};
const good = { ...blank, intents: ['order_status'] };
const offline = { acts: ['enquire_product' as const], entities: { city: 'Pune' } };
const input = {
  text: 'the thing I took from you people in May, where has it got to?',
  now: new Date('2026-03-11T10:30:00+05:30'),
  timezone: 'Asia/Kolkata',
  country: 'IN',
};
const DAY = '2026-03-11';

let server: Awaited<ReturnType<typeof fakeServer>>;
beforeAll(async () => {
  server = await fakeServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.sent.length = 0;
});

function layer(changed: Partial<LlmSettings> = {}, ledger = memoryLedger()) {
  const clock = fakeClock('2026-03-11T05:00:00Z');
  const slept: number[] = [];
  const llm = createLlm({
    settings: {
      enabled: true,
      baseUrl: server.url,
      model: 'fake',
      timeoutMs: 20_000,
      dailyTokens: 1_000_000,
      tasks: ['understand', 'summarise', 'draft', 'answer'],
      format: 'json_schema',
      ...changed,
    },
    apiKey: 'key-of-the-test',
    clock,
    zone: 'Asia/Kolkata',
    ledger,
    sleep: async (ms) => {
      slept.push(ms);
    },
  });
  return { llm, clock, slept, ledger };
}

describe('whatever the server does, the offline answer stands', () => {
  it.each<[string, Play, string, number]>([
    ['500', status(500), 'unreachable', 2],
    ['503', status(503), 'unreachable', 2],
    ['429', status(429), 'rate-limited', 2],
    ['401', status(401), 'refused', 1],
    ['400', status(400), 'refused', 1],
    ['404', status(404), 'refused', 1],
    ['a connection that is cut', cutOff, 'unreachable', 2],
    ['no JSON', completion('Sure! The customer wants to know about the order.'), 'not-json', 1],
    ['half a JSON', completion('{"intents":["order_st'), 'not-json', 1],
    ['an empty answer', completion(''), 'not-json', 1],
    ['an answer cut off by length', completion(good, { finish: 'length' }), 'not-json', 1],
    ['an answer stopped by a filter', completion(good, { finish: 'content_filter' }), 'not-json', 1],
    ['a JSON array', completion([good]), 'schema', 1],
    ['a field missing', completion({ intents: ['greet'] }), 'schema', 1],
    ['a field too many', completion({ ...good, command: 'lead.delete' }), 'schema', 1],
    ['a field of another type', completion({ ...good, intents: 'order_status' }), 'schema', 1],
    ['no intent', completion({ ...good, intents: [] }), 'schema', 1],
    [
      'a label that is not on the list',
      completion({ ...good, intents: ['refund_order'] }),
      'label-unknown',
      1,
    ],
    ['a label of the object’s own', completion({ ...good, intents: ['constructor'] }), 'label-unknown', 1],
    ['consent given by the model', completion({ ...good, intents: ['opt_in'] }), 'label-unknown', 1],
    ['an invented phone', completion({ ...good, phone: '98440 12345' }), 'entity-invented', 1],
    ['an invented word for a phone', completion({ ...good, phone: '[PHONE_7]' }), 'entity-invented', 1],
    ['an invented mail address', completion({ ...good, email: 'x@evil.example' }), 'entity-invented', 1],
    ['an invented name', completion({ ...good, person: 'Rajesh' }), 'entity-invented', 1],
    ['an invented budget', completion({ ...good, budget: '5 lakh' }), 'entity-invented', 1],
    ['an invented date', completion({ ...good, when: 'tomorrow 5 pm' }), 'entity-invented', 1],
  ])('%s', async (_what, play, reason, calls) => {
    server.plays(play);
    const { llm } = layer();
    expect(await llm.understand(input, offline)).toEqual({ engine: 'offline', value: offline, reason });
    expect(server.sent).toHaveLength(calls);
  });

  it.each([
    ['says nothing', silence],
    ['stops in the middle of its answer', stalled],
  ])('a server that %s is given up twice', async (_what, play) => {
    server.plays(play);
    const { llm } = layer({ timeoutMs: 150 });
    expect(await llm.understand(input, offline)).toEqual({
      engine: 'offline',
      value: offline,
      reason: 'timeout',
    });
    expect(server.sent).toHaveLength(2);
  });

  it('nobody listens', async () => {
    const { llm } = layer({ baseUrl: 'http://127.0.0.1:1/v1' });
    expect(await llm.understand(input, offline)).toMatchObject({ engine: 'offline', reason: 'unreachable' });
  });

  it('nothing leaves while it is off, or off for a task', async () => {
    server.plays(completion(good));
    expect(await layer({ enabled: false }).llm.understand(input, offline)).toMatchObject({ reason: 'off' });
    expect(await layer({ tasks: ['draft'] }).llm.understand(input, offline)).toMatchObject({
      reason: 'task-off',
    });
    expect(server.sent).toHaveLength(0);
  });
});

describe('one retry', () => {
  it('helps over a short failure, and says which engine decided', async () => {
    server.plays(status(500), completion(good, { tokens: 130 }));
    const { llm, slept } = layer();
    expect(await llm.understand(input, offline)).toEqual({
      engine: 'llm',
      value: { acts: ['order_status'], entities: {} },
      model: 'fake',
      tokens: 130,
    });
    expect(slept).toEqual([250]);
  });

  it('waits as long as a busy server asks', async () => {
    server.plays(status(429, { 'retry-after': '2' }), completion(good));
    const { llm, slept } = layer();
    expect(await llm.understand(input, offline)).toMatchObject({ engine: 'llm' });
    expect(slept).toEqual([2000]);
  });

  it.each(['60', 'Wed, 11 Mar 2026 06:00:00 GMT'])('does not wait for retry-after: %s', async (value) => {
    server.plays(status(429, { 'retry-after': value }));
    const { llm, slept } = layer();
    expect(await llm.understand(input, offline)).toMatchObject({ reason: 'rate-limited' });
    expect(slept).toEqual([]);
    expect(server.sent).toHaveLength(1);
  });
});

describe('the circuit breaker', () => {
  it('opens after five failures in a row, tries once after a minute, closes when that succeeds', async () => {
    const { llm, clock } = layer();
    const ask = async () => {
      const outcome = await llm.understand(input, offline);
      return outcome.engine === 'llm' ? 'llm' : outcome.reason;
    };
    server.plays(status(500));
    // two attempts a call: the sixth attempt is not made
    expect([await ask(), await ask(), await ask()]).toEqual(['unreachable', 'unreachable', 'breaker-open']);
    expect(server.sent).toHaveLength(5);
    expect(await ask()).toBe('breaker-open');

    clock.advance(59_000);
    expect(await ask()).toBe('breaker-open');
    expect(server.sent).toHaveLength(5);

    clock.advance(1_000);
    expect(await ask()).toBe('breaker-open'); // half open: one attempt, it fails, and the door is shut again
    expect(server.sent).toHaveLength(6);
    expect(await ask()).toBe('breaker-open');
    expect(server.sent).toHaveLength(6);

    clock.advance(60_000);
    server.plays(completion(good));
    expect(await ask()).toBe('llm');
    expect(await ask()).toBe('llm');
    expect(server.sent).toHaveLength(8);
  });

  it('lets one call alone try the door', async () => {
    const { llm, clock } = layer();
    server.plays(status(401));
    for (let i = 0; i < 5; i++) await llm.understand(input, offline);
    clock.advance(60_000);
    server.plays(completion(good));
    const outcomes = await Promise.all([1, 2, 3].map(() => llm.understand(input, offline)));
    expect(outcomes.map(({ engine }) => engine).sort()).toEqual(['llm', 'offline', 'offline']);
  });

  it('is not opened by what a customer makes the model say', async () => {
    const { llm } = layer();
    server.plays(completion('I will not'));
    for (let i = 0; i < 12; i++) await llm.understand(input, offline);
    server.plays(completion(good));
    expect(await llm.understand(input, offline)).toMatchObject({ engine: 'llm' });
  });
});

describe('the daily budget', () => {
  it('counts what the server counted', async () => {
    const { llm, ledger } = layer();
    server.plays(completion(good, { tokens: 321 }));
    await llm.understand(input, offline);
    expect(ledger.spent(DAY)).toBe(321);
  });

  it('lets nothing leave when it is spent, and begins again at midnight of the organisation', async () => {
    const ledger = memoryLedger();
    const { llm, clock } = layer({ dailyTokens: 4000 }, ledger);
    server.plays(completion(good, { tokens: 3500 }));
    expect(await llm.understand(input, offline)).toMatchObject({ engine: 'llm' });
    expect(await llm.understand(input, offline)).toEqual({
      engine: 'offline',
      value: offline,
      reason: 'budget-spent',
    });
    expect(server.sent).toHaveLength(1);
    clock.set('2026-03-11T18:29:00Z'); // 23:59 in India
    expect(await llm.understand(input, offline)).toMatchObject({ reason: 'budget-spent' });
    clock.set('2026-03-11T18:30:00Z');
    expect(await llm.understand(input, offline)).toMatchObject({ engine: 'llm' });
  });

  it('is not overdrawn by calls at the same time', async () => {
    const ledger = memoryLedger();
    const { llm } = layer({ dailyTokens: 6000 }, ledger);
    server.plays(completion(good, { tokens: 700 }));
    await Promise.all(Array.from({ length: 8 }, () => llm.understand(input, offline)));
    expect(ledger.spent(DAY)).toBeLessThanOrEqual(6000);
  });

  it('that cannot be read counts as spent', async () => {
    const broken = { ...memoryLedger(), reserve: () => Promise.reject(new Error('down')) };
    server.plays(completion(good));
    expect(await layer({}, broken).llm.understand(input, offline)).toMatchObject({ reason: 'budget-spent' });
    expect(server.sent).toHaveLength(0);
  });
});
