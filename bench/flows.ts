/**
 * What a turn costs the conversation engine, beside what understanding its words costs: the conversations of
 * test/flows/conversations.jsonl, each turn at its best of several rounds, so that a busy machine does not count.
 * `node bench/flows.ts`
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../src/core/config.ts';
import type { Effect, TurnInput, TurnOutcome } from '../src/core/turn.ts';
import { createFlowEngine, flowVersions, loadFlows, type Nlu, nluFor } from '../src/flows/index.ts';
import { fakeCommands } from '../src/flows/stories/commands.ts';
import { createPlayer } from '../src/flows/stories/player.ts';

const rounds = 6;
const config = loadConfig({ PARLEY_SECRET: 'a secret of the benchmark, long enough to be taken' });
const spent = { engine: 0, understanding: 0 };

const shipped = nluFor(config);
const nlu: Nlu = {
  understand(text, options) {
    const start = performance.now();
    const read = shipped.understand(text, options);
    spent.understanding += performance.now() - start;
    return read;
  },
};
const { decide } = createFlowEngine({ flows: flowVersions(loadFlows(config.dir)), nlu, config });

/** Only the engine's own steps count, not the stand-ins for commands between them. */
function* timed(input: TurnInput): Generator<Effect, TurnOutcome, unknown> {
  const turn = decide(input);
  let go = () => turn.next();
  for (;;) {
    const start = performance.now();
    const step = go();
    spent.engine += performance.now() - start;
    if (step.done) return step.value;
    try {
      const output = yield step.value;
      go = () => turn.next(output);
    } catch (error) {
      go = () => turn.throw(error);
    }
  }
}

const talks = readFileSync(join(import.meta.dirname, '../test/flows/conversations.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { turns: string[] }).turns);
const best = new Map<string, { engine: number; understanding: number }>();
for (let round = 0; round < rounds; round++) {
  for (const [i, turns] of talks.entries()) {
    const now = new Date('2026-03-11T10:00:00+05:30');
    const player = createPlayer({ decide: timed, commands: fakeCommands(config.app), now });
    for (const [j, text] of turns.entries()) {
      Object.assign(spent, { engine: 0, understanding: 0 });
      player.say(text);
      const engine = spent.engine - spent.understanding;
      const key = `${i}:${j}`;
      if (engine < (best.get(key)?.engine ?? Number.POSITIVE_INFINITY))
        best.set(key, { engine, understanding: spent.understanding });
    }
  }
}

const at = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]!.toFixed(3);
for (const part of ['engine', 'understanding'] as const) {
  const values = [...best.values()].map((turn) => turn[part]);
  console.log(
    `${part}: ${values.length} turns, p50 ${at(values, 0.5)} ms, p95 ${at(values, 0.95)} ms, p99 ${at(values, 0.99)} ms`,
  );
}
