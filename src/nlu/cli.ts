/** What `parley nlu predict|train|eval` call: lines in, lines out, no process and no terminal of its own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printReading } from './dates/print.ts';
import { readDate } from './dates/read.ts';
import { featuresOf } from './features.ts';
import { createNlu, type NluOptions } from './index.ts';
import { fitTemperature, learn, marginsOf } from './learn.ts';
import { packModel, probabilities, unpackModel } from './model.ts';
import { score } from './score.ts';

export const TASKS = ['intents', 'junk', 'dates', 'entities', 'language'] as const;
export type Task = (typeof TASKS)[number];
export type Line = { text: string; label?: string; ref?: string; tz?: string; [key: string]: unknown };
export type PredictOptions = Partial<NluOptions> & { now?: Date };
export type Prediction =
  | { label: string; score: number; top3?: { label: string; score: number }[]; reasons?: string[] }
  | { value: unknown; alternatives?: string[]; kind?: string };

/** One prediction a line, with the shipped model. A line's own `ref` and `tz` go before the options. */
export function predict(task: Task, lines: Line[], options: PredictOptions = {}): Prediction[] {
  const timezone = options.timezone ?? 'Asia/Kolkata';
  const now = options.now ?? new Date();
  if (task === 'dates') return lines.map((line) => predictDate(line, now, timezone, options.locale));
  const nlu = createNlu({ ...options, timezone });
  return lines.map((line) => {
    const u = nlu.understand(line.text, {
      now: line.ref ? new Date(line.ref) : now,
      timezone: line.tz ?? timezone,
    });
    if (task === 'intents') return { ...u.intents[0]!, top3: u.intents.slice(0, 3) };
    if (task === 'junk') return u.junk;
    if (task === 'language') return { label: u.language, score: u.languageScore };
    return { value: { ...u.entities, wantsHuman: u.wantsHuman, optOut: u.optOut, optIn: u.optIn } };
  });
}

function predictDate(line: Line, now: Date, timezone: string, locale?: string): Prediction {
  const reading = readDate(line.text, {
    now: line.ref ? new Date(line.ref) : now,
    timezone: line.tz ?? timezone,
    order: locale === 'en-US' ? 'mdy' : 'dmy',
  });
  return { value: printReading(reading), kind: reading.kind, alternatives: reading.alternatives };
}

/** Trains a model on any labelled lines and writes it to `dir`; a tenth is kept back for the temperature. */
export function trainOn(lines: Line[], dir: string, epochs = 10): { labels: string[]; lines: number } {
  const labels = [...new Set(lines.map((l) => l.label!))].sort();
  const samples = lines.map((l) => ({ x: featuresOf(l.text), y: labels.indexOf(l.label!) }));
  const kept = samples.filter((_, i) => i % 10 === 9);
  const probe = learn(
    samples.filter((_, i) => i % 10 !== 9),
    labels.length,
    { epochs },
  );
  const margins = kept.map(({ x }) => {
    const out = new Float32Array(labels.length);
    marginsOf(probe.weights, probe.bias, x, labels.length, out);
    return out;
  });
  const head = learn(samples, labels.length, { epochs });
  head.temperature = fitTemperature(
    margins,
    kept.map(({ y }) => y),
  );
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'nlu.bin'), packModel({ custom: { head, labels, kind: 'words' } }));
  return { labels, lines: lines.length };
}

/** Predictions of a model made by `trainOn`. */
export function predictWith(
  dir: string,
  lines: Line[],
): { label: string; score: number; top3: { label: string; score: number }[] }[] {
  const { custom } = unpackModel(readFileSync(join(dir, 'nlu.bin')));
  if (!custom) throw new Error(`${dir} holds no model that was trained on a labelled set`);
  return lines.map(({ text }) => {
    const p = probabilities(custom, text);
    const ranked = custom.labels
      .map((label, k) => ({ label, score: p[k]! }))
      .sort((a, b) => b.score - a.score);
    return { ...ranked[0]!, top3: ranked.slice(0, 3) };
  });
}

/** Accuracy, macro F1 and figures per label of predictions against the lines' own labels. */
export function evaluate(lines: Line[], predicted: { label: string }[]) {
  const labels = [...new Set(lines.map((l) => l.label!))].sort();
  return score(
    lines.map((l) => labels.indexOf(l.label!)),
    predicted.map((p) => labels.indexOf(p.label)),
    labels,
  );
}
