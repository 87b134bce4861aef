import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

describe('bin/parley nlu', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-nlu-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((done) => {
      execFile(resolve('bin/parley'), ['nlu', ...args], (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      );
    });
  const write = (name: string, lines: unknown[]) => {
    const file = join(folder, name);
    writeFileSync(file, lines.map((l) => `${typeof l === 'string' ? l : JSON.stringify(l)}\n`).join(''));
    return file;
  };
  const rows = (file: string) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row));

  it('names bad lines by their number, keeps the good ones and their other fields', async () => {
    const file = write('texts.jsonl', [{ text: 'stop sending me messages', id: 7 }, 'no JSON', { id: 8 }]);
    const out = join(folder, 'told.jsonl');
    const { code, err } = await run('predict', '--task', 'intents', '--in', file, '--out', out);
    expect(code).toBe(0);
    expect(err).toContain(`${file}:2: not JSON`);
    expect(err).toContain(`${file}:3: text:`);
    expect(rows(out)).toMatchObject([{ id: 7, label: 'opt_out', optOut: true, top3: [{}, {}, {}] }]);
  }, 120_000);

  it('learns a labelled set, predicts with it and measures it', async () => {
    const of = (label: string, words: string[]) =>
      words.flatMap((w) =>
        ['bring the {}', 'where is my {}', 'two {}s'].map((t) => ({ text: t.replace('{}', w), label })),
      );
    const data = write('data.jsonl', [
      ...of('fruit', ['apple', 'banana', 'mango', 'cherry']),
      ...of('tool', ['hammer', 'spanner', 'drill', 'chisel']),
    ]);
    const model = join(folder, 'model');
    expect((await run('train', '--data', data, '--out', model)).out).toContain('2 labels from 24 lines');
    const test = write('test.jsonl', [
      { text: 'give me a mango', label: 'fruit' },
      { text: 'the drill broke', label: 'tool' },
    ]);
    const told = await run('eval', '--model', model, '--in', test, '--positive', 'tool', '--json');
    expect(JSON.parse(told.out)).toMatchObject({ accuracy: 1, macroF1: 1, recallAtFpr: { recall: 1 } });
  }, 120_000);

  it('says what is missing instead of a stack of calls', async () => {
    const file = write('one.jsonl', [{ text: 'hello' }]);
    const { code, err } = await run('predict', '--in', file, '--out', join(folder, 'x'));
    expect(code).toBe(1);
    expect(err).toMatch(/^give --model DIR, or --task with one of intents, junk/m);
    expect(err).not.toContain('at ');
  }, 120_000);
});
