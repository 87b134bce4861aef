/** What a customer gets from the engine whatever they send; with a language engine of key words. */
import fc from 'fast-check';
import { loadConfig } from '../../src/core/config.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Effect, TurnInput } from '../../src/core/turn.ts';
import { createFlowEngine } from '../../src/flows/engine.ts';
import { loadFlows } from '../../src/flows/loader.ts';
import { fakeCommands } from '../../src/flows/stories/commands.ts';
import { createPlayer } from '../../src/flows/stories/run.ts';
import { flowVersions } from '../../src/flows/versions.ts';
import { plainNlu } from './plain-nlu.ts';

const { app } = loadConfig({ PARLEY_SECRET: 'a secret of the tests, long enough to be taken' });
const flows = loadFlows('config').sort((a, b) => Number(b.name === 'enquiry') - Number(a.name === 'enquiry'));
const nlu = plainNlu(app.organisation.products);
const engine = createFlowEngine({ flows: flowVersions(flows), nlu, config: { app } });
// A Wednesday, 10:00 in Kolkata.
const start = { decide: engine.decide, now: new Date('2026-03-11T04:30:00Z') };
const talk = (...texts: string[]) => {
  const player = createPlayer({ ...start, commands: fakeCommands(app) });
  for (const text of texts) player.say(text);
  return player;
};

describe('a turn is a pure decision', () => {
  it('decides the same twice from the same input, and leaves the input as it was', () => {
    const player = talk('Hi, I need a CRM', 'Priya');
    const input: TurnInput = {
      conversation: {
        id: 'c',
        channel: 'webchat',
        account: 'a',
        thread: 't',
        identities: [],
        mode: 'bot',
        optedOut: false,
        startedAt: start.now,
        meta: {},
      },
      session: player.session(),
      now: start.now,
      events: [
        {
          id: 'e',
          channel: 'webchat',
          account: 'a',
          audience: 'customer',
          thread: 't',
          from: [],
          at: start.now,
          body: { kind: 'text', text: '9876543210, demo tomorrow 5 pm' },
        },
      ],
    };
    const before = JSON.stringify(input);
    const run = () => {
      const turn = engine.decide(input);
      const effects: Effect[] = [];
      const commands = fakeCommands(app);
      let step = turn.next();
      for (; !step.done; step = turn.next(commands.run(step.value, start.now))) effects.push(step.value);
      return JSON.stringify([effects, step.value]);
    };
    expect(run()).toBe(run());
    expect(JSON.stringify(input)).toBe(before);
  });

  it('keeps only plain data in the session, of modest size', () => {
    const player = talk(...Array.from({ length: 60 }, (_, i) => `message number ${i} ${'x'.repeat(500)}`));
    expect(JSON.stringify(player.session()).length).toBeLessThan(16_000);
  });
});

describe('a refused command', () => {
  it('does not end the talk when the lead cannot be changed', () => {
    const player = createPlayer({
      ...start,
      commands: fakeCommands(app, { 'lead.update': 'record.duplicate' }),
    });
    for (const text of ['I need a CRM', '9876543210', 'Priya']) player.say(text);
    expect(player.said().join()).toContain('demo');
  });

  it('goes up when trying again may help, so that the turn is decided anew', () => {
    const commands = fakeCommands(app);
    const player = createPlayer({
      ...start,
      commands: {
        ...commands,
        run: (effect, now) => (effect.command === 'enquiry.record' ? fail() : commands.run(effect, now)),
      },
    });
    const fail = () => {
      throw new AppError('store.unavailable');
    };
    player.say('I need a CRM');
    expect(() => player.say('9876543210')).toThrow('database');
  });
});

describe('flow versions', () => {
  const changed = {
    ...flows[0]!,
    version: 'newer',
    texts: { ...flows[0]!.texts, en: { ...flows[0]!.texts.en!, 'phone.ask': ['Brand new question?'] } },
  };
  const both = createFlowEngine({ flows: flowVersions([changed], flows), nlu, config: { app } });

  it('a running conversation goes on with the version that it began with', () => {
    const old = talk('I need a CRM');
    const input = (session: TurnInput['session']): TurnInput => ({
      conversation: {
        id: 'c',
        channel: 'webchat',
        account: 'a',
        thread: 't',
        identities: [],
        mode: 'bot',
        optedOut: false,
        startedAt: start.now,
        meta: {},
      },
      session,
      now: start.now,
      events: [
        {
          id: 'e',
          channel: 'webchat',
          account: 'a',
          audience: 'customer',
          thread: 't',
          from: [],
          at: start.now,
          body: { kind: 'text', text: 'Priya' },
        },
      ],
    });
    const goOn = both.decide(input(old.session())).next();
    expect(goOn.done && goOn.value.session?.flowVersion).toBe(flows[0]!.version);
    expect(JSON.stringify(goOn.value)).toContain('What number can we reach you on?');
  });

  it('a new conversation gets the newest', () => {
    const player = createPlayer({ ...start, decide: both.decide, commands: fakeCommands(app) });
    player.say('I need a CRM');
    player.say('Priya');
    expect(player.said().join()).toContain('Brand new question?');
  });
});

describe('whatever a customer sends', () => {
  const words = fc.oneof(
    fc.constantFrom(
      'hi',
      'yes',
      'no',
      'crm',
      'price?',
      'stop',
      'START',
      'tomorrow 5pm',
      'sunday',
      'no, friday',
      '9876543210',
      '12345',
      'Priya',
      'cancel the demo',
      'another time',
      'human please',
      '🙂',
      '👍',
      '',
      '   ',
      '\0',
      'kal 5 baje',
      'हाँ',
      '1',
      '2',
      'thanks',
      'brochure',
      'skip',
    ),
    fc.string({ maxLength: 40, unit: 'binary' }),
  );

  it('is answered without fault, without the same message twice running, and never without end', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 14 }), (texts) => {
        const player = createPlayer({ ...start, commands: fakeCommands(app) });
        for (const text of texts) {
          player.say(text);
          if (player.repeated())
            throw new Error(`said twice: ${player.repeated()}\n${player.transcript.join('\n')}`);
          if (player.said().length > 6) throw new Error(`too much was said: ${player.said().join(' | ')}`);
        }
        const recorded = player.calls().filter(({ command }) => command === 'enquiry.record').length;
        const booked = player.calls().filter(({ command }) => command === 'appointment.book').length;
        const cancelled = player.calls().filter(({ command }) => command === 'appointment.cancel').length;
        expect(recorded).toBeLessThanOrEqual(1);
        expect(booked - cancelled).toBeLessThanOrEqual(1);
      }),
      { numRuns: 150, seed: 20260311 },
    );
  });

  it('once they said stop, nothing but START is answered [M133]', () => {
    fc.assert(
      fc.property(
        fc.array(
          words.filter((text) => !/start/i.test(text)),
          { minLength: 1, maxLength: 8 },
        ),
        (texts) => {
          const player = talk('hello', 'STOP');
          for (const text of texts) expect(player.say(text)).toEqual([]);
          expect(player.say('START').length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 50, seed: 20260311 },
    );
  });

  it.each([
    ['20,000 characters', 'a'.repeat(20_000)],
    ['20,000 words', 'ab '.repeat(20_000)],
    ['only emoji', '🙂'.repeat(500)],
    ['right to left', 'أريد شراء برنامج'],
    ['null bytes', '\0\0\0'],
    ['a lone surrogate', '\ud800 hello'],
    ['nested quotes', '(((((((((('.repeat(500)],
    ['digits', '9'.repeat(5000)],
    ['spaces', ' '.repeat(20_000)],
    ['commas and noes', 'no, '.repeat(4000)],
    ['template syntax', '{name} {{vars.phone}} $' + '{process.env.HOME} =vars.phone'],
    ['prototype keys', '__proto__ constructor toString'],
  ])('%s is answered with words of our own', (_, text) => {
    const player = talk('hi');
    expect(player.say(text).join('').length).toBeGreaterThan(0);
    expect(player.said().join()).not.toMatch(/undefined|\[object|process\.env|root/);
  });
});
