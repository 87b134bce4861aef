/** What `parley nlu predict|train|eval` call: lines in, lines out, no process and no terminal of its own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IANAZone } from 'luxon';
import { printReading } from './dates/print.ts';
import { readDate } from './dates/read.ts';
import type { Predicted } from './evaluate.ts';
import { packGeneral, unpackGeneral } from './general/file.ts';
import { rank } from './general/model.ts';
import { trainGeneral } from './general/train.ts';
import { createNlu, decide, decideJunk, type NluOptions } from './index.ts';

export { type EvalOptions, evaluate, printEvaluation } from './evaluate.ts';

export const TASKS = ['intents', 'junk', 'dates', 'entities', 'language'] as const;
export type Task = (typeof TASKS)[number];
export type Line = { text: string; label?: string; ref?: string; tz?: string; [key: string]: unknown };
export type PredictOptions = Partial<NluOptions> & { now?: Date };
export type Classified = Predicted & { [more: string]: unknown };
export type Prediction = Classified | { value: unknown; alternatives?: string[]; kind?: string };

/** One prediction a line, with the shipped model. A line's own `ref` and `tz` go before the options. */
export function predict(task: Task, lines: Line[], options: PredictOptions = {}): Prediction[] {
  const timezone = options.timezone ?? 'Asia/Kolkata';
  const now = options.now ?? new Date();
  if (task === 'dates') return lines.map((line) => predictDate(line, now, timezone, options.locale));
  const nlu = createNlu({ ...options, timezone });
  return lines.map((line) => {
    const u = nlu.understand(line.text, momentOf(line, now, timezone));
    if (task === 'intents') {
      const { acts, optOut, optIn, wantsHuman } = u;
      const top3 = u.intents.slice(0, 3);
      return { ...top3[0]!, top3, acts, decision: decide(u.intents).kind, optOut, optIn, wantsHuman };
    }
    if (task === 'junk') return { ...u.junk, decision: decideJunk(u.junk) };
    if (task === 'language') return { label: u.language, score: u.languageScore };
    return { value: { ...u.entities, wantsHuman: u.wantsHuman, optOut: u.optOut, optIn: u.optIn } };
  });
}

function predictDate(line: Line, now: Date, timezone: string, locale?: string): Prediction {
  const reading = readDate(line.text, {
    ...momentOf(line, now, timezone),
    ...(locale && { order: locale === 'en-US' ? 'mdy' : 'dmy' }),
  });
  return { value: printReading(reading), kind: reading.kind, alternatives: reading.alternatives };
}

/** A line's own time and zone, unless they are none. */
function momentOf(line: Line, now: Date, timezone: string): { now: Date; timezone: string } {
  const own = typeof line.ref === 'string' ? new Date(line.ref) : now;
  const zone = typeof line.tz === 'string' && IANAZone.isValidZone(line.tz) ? line.tz : timezone;
  return { now: Number.isNaN(own.getTime()) ? now : own, timezone: zone };
}

/** Trains a model on any labelled lines and writes it to `dir`. */
export function trainOn(lines: Line[], dir: string): { labels: string[]; lines: number } {
  const model = trainGeneral(lines.map(({ text, label }) => ({ text, label: label! })));
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, GENERAL), packGeneral(model));
  return { labels: model.labels, lines: lines.length };
}

/** Predictions of a model made by `trainOn`. */
export function predictWith(dir: string, lines: Line[]): Predicted[] {
  const model = unpackGeneral(readFileSync(join(dir, GENERAL)));
  return lines.map(({ text }) => {
    const ranked = rank(model, text);
    return { ...ranked[0]!, top3: ranked.slice(0, 3) };
  });
}

const GENERAL = 'model.bin';
