/** `bin/parley nlu …`: trains, predicts and measures on files of JSON lines. What it calls is in src/nlu/cli.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import {
  type EvalOptions,
  evaluate,
  type Line,
  predict,
  predictWith,
  printEvaluation,
  TASKS,
  type Task,
  trainOn,
} from '../nlu/cli.ts';
import { trainWithCorrections } from '../nlu/corrections.ts';
import type { Predicted } from '../nlu/evaluate.ts';

const text = z.looseObject({ text: z.string() });
const labelled = z.looseObject({ text: z.string(), label: z.string().min(1) });

type TrainOptions = { data?: string; out: string; corrections?: string };
type PredictOptions = {
  model?: string;
  task?: string;
  in: string;
  out: string;
  now?: string;
  timezone?: string;
};
type MeasureOptions = {
  in: string;
  model?: string;
  task?: string;
  calibrate?: string;
  positive?: string;
  fpr: string;
  coverage: string;
  oos: string;
  json?: boolean;
};

export function nluTrain({ data, out, corrections }: TrainOptions): void {
  if (corrections !== undefined) {
    trainCorrections(corrections, out);
    return;
  }
  if (data === undefined) throw usage('give --data FILE, or --corrections FILE');
  const made = trainOn(read(data, labelled), out);
  process.stdout.write(`${made.labels.length} labels from ${made.lines} lines, written to ${out}\n`);
}

function trainCorrections(file: string, out: string): void {
  const told = trainWithCorrections(read(file, text), { out });
  for (const { line, reason } of told.refused)
    process.stderr.write(`correction ${line}: ${reason}; left out\n`);
  process.stdout.write(`${told.report}\n`);
  if (!told.accepted) process.exitCode = 1;
}

export function nluPredict({ model, task, in: from, out, now, timezone }: PredictOptions): void {
  const lines = read(from, text);
  const told = model
    ? predictWith(model, lines)
    : predict(taskOf(task), lines, { timezone: zoneOf(timezone), now: momentOf(now) });
  const rows = lines.map((line, i) => {
    const { label, ...rest } = line;
    return JSON.stringify({ ...rest, ...(label === undefined ? {} : { expected: label }), ...told[i] });
  });
  writeFileSync(out, rows.map((row) => `${row}\n`).join(''));
  process.stderr.write(`${rows.length} lines written to ${out}\n`);
}

export function nluEval(options: MeasureOptions): void {
  const lines = read(options.in, labelled);
  const positive = options.positive?.split(',').map((label) => label.trim());
  const strange = positive?.filter((label) => !lines.some((line) => line.label === label)) ?? [];
  if (strange.length > 0) throw usage(`${options.in} has no line labelled ${strange.join(', ')}`);
  const guess = (some: Line[]) =>
    options.model ? predictWith(options.model, some) : (predict(taskOf(options.task), some) as Predicted[]);
  const settings: EvalOptions = {
    positive,
    fpr: shareOf(options.fpr, '--fpr'),
    coverage: shareOf(options.coverage, '--coverage'),
    oos: options.oos,
  };
  const calibrate = options.calibrate ? read(options.calibrate, labelled) : undefined;
  const figures = evaluate(lines, guess(lines), {
    ...settings,
    calibrate: calibrate && guess(calibrate),
  });
  process.stdout.write(
    options.json ? `${JSON.stringify(figures, null, 2)}\n` : `${printEvaluation(figures)}\n`,
  );
}

/** The good lines of a file; each bad one is told by its number, and the others go on. */
function read<T extends z.ZodType>(file: string, schema: T): (z.output<T> & Line)[] {
  const good: (z.output<T> & Line)[] = [];
  let bad = 0;
  readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .split('\n')
    .forEach((row, at) => {
      if (!row.trim()) return;
      const problem = (what: string) => {
        bad++;
        process.stderr.write(`${file}:${at + 1}: ${what}; left out\n`);
      };
      let value: unknown;
      try {
        value = JSON.parse(row);
      } catch {
        problem('not JSON');
        return;
      }
      const { success, data, error } = schema.safeParse(value);
      if (success) good.push(data as z.output<T> & Line);
      else problem(error.issues.map((i) => `${i.path.join('.') || 'line'}: ${i.message}`).join('; '));
    });
  if (bad > 0) process.stderr.write(`${bad} bad lines left out, ${good.length} kept\n`);
  if (good.length === 0) throw usage(`${file} has no usable line`);
  return good;
}

function taskOf(task: string | undefined): Task {
  if ((TASKS as readonly string[]).includes(task ?? '')) return task as Task;
  throw usage(`give --model DIR, or --task with one of ${TASKS.join(', ')}`);
}

function momentOf(iso: string | undefined): Date | undefined {
  if (iso === undefined) return;
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) throw usage(`--now ${iso} is no ISO time`);
  return moment;
}

function zoneOf(zone: string | undefined): string | undefined {
  if (zone === undefined) return;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw usage(`--timezone ${zone} is no time zone; an example is Asia/Kolkata`);
  }
}

function shareOf(value: string, name: string): number {
  const share = Number(value);
  if (share > 0 && share <= 1) return share;
  throw usage(`${name} is a share between 0 and 1`);
}

/** Said to the person at the terminal without a stack. */
function usage(message: string): Error {
  return Object.assign(new Error(message), { name: 'ConfigError' });
}
