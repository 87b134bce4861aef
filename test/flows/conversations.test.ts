/**
 * Conversations with corrections, digressions and mixed languages, written without regard to what the bot asks, and what
 * must be known at their end. Every one begins on Wednesday, 11 March 2026, 10:00 in Kolkata.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/core/config.ts';
import { factsOf } from '../../src/flows/facts.ts';
import { createFlowEngine, flowVersions, loadFlows, nluFor } from '../../src/flows/index.ts';
import { fakeCommands } from '../../src/flows/stories/commands.ts';
import { createPlayer } from '../../src/flows/stories/run.ts';

const config = loadConfig({ PARLEY_SECRET: 'a secret of the tests, long enough to be taken' });
const engine = createFlowEngine({ flows: flowVersions(loadFlows(config.dir)), nlu: nluFor(config), config });
const lines = readFileSync(join(import.meta.dirname, 'conversations.jsonl'), 'utf8')
  .trim()
  .split('\n');
const conversations: { turns: string[]; facts: Record<string, unknown>; zone?: string }[] = lines.map(
  (line) => JSON.parse(line),
);
const compared = [
  'name',
  'phone',
  'email',
  'product',
  'quantity',
  'budget',
  'city',
  'appointment',
  'wantsHuman',
  'optedOut',
] as const;

const results = conversations.map(({ turns, facts, zone }) => {
  const player = createPlayer({
    decide: engine.decide,
    commands: fakeCommands(config.app),
    now: new Date('2026-03-11T10:00:00+05:30'),
    meta: { timezone: zone ?? 'Asia/Kolkata' },
  });
  const repeated = turns.flatMap((turn) => {
    player.say(turn);
    return player.repeated() ?? [];
  });
  const got = factsOf(player.session(), { zone: 'Asia/Kolkata', optedOut: player.optedOut() });
  const wrong = compared
    .filter((key) => got[key] !== facts[key])
    .map((key) => `${key}: ${got[key]}, not ${facts[key]}`);
  return { turns, wrong, repeated };
});

describe('conversations that do as they like', () => {
  it('end with every fact right in at least 95 of 100', () => {
    const failed = results
      .filter(({ wrong }) => wrong.length)
      .map(({ turns, wrong }) => `${turns.join(' / ')}\n    ${wrong.join('; ')}`);
    expect(failed.length > results.length * 0.05 ? failed.join('\n') : '').toBe('');
  });

  it('never hear the same message twice running', () => {
    expect(results.flatMap(({ repeated }) => repeated)).toEqual([]);
  });

  it('never get an appointment that was not wished, or lose one that was agreed, but for one in 50', () => {
    const off = results.filter(({ wrong }) => wrong.some((fact) => fact.startsWith('appointment')));
    expect(off.length).toBeLessThanOrEqual(results.length / 50);
  });
});
