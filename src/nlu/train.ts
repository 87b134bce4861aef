/** Trains the shipped model from data/ and writes model/: `node src/nlu/train.ts`. Same data, same bytes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckFigures, checkModel } from './check/check.ts';
import { hashText, type Line, readCorpus } from './corpus.ts';
import type { Thresholds } from './decide.ts';
import { featuresOf, type HeadKind } from './features.ts';
import { type Figures, figuresOf } from './figures.ts';
import { createNlu } from './index.ts';
import { fitTemperature, type Head, learn, marginsOf, type Sample } from './learn.ts';
import { type Model, packModel, unpackModel } from './model.ts';
import { chooseThresholds } from './thresholds.ts';
import { INTENTS, JUNK_LABELS, LANGUAGES } from './types.ts';

export const DATA = join(import.meta.dirname, 'data');
export const MODEL = join(import.meta.dirname, 'model');

type HeadName = 'intent' | 'junk' | 'language';
export type HeadCard = Figures & {
  lines: number;
  heldOut: number;
  temperature: number;
  weightsHash: string;
};
export type Card = {
  dataHash: string;
  modelHash: string;
  trainedWith: string;
  thresholds: Thresholds;
  /** Of the whole engine on check/hard.tsv, which nothing is trained on. */
  check: CheckFigures;
  heads: Record<HeadName, HeadCard>;
};

/** Trains and measures all heads. */
export function train(dir = DATA): { file: Uint8Array; card: Card } {
  const made = tasks(dir).map((task) => ({ task, samples: samplesOf(task) }));
  const probes = made.map(({ task, samples }) => probeOf(task, samples));
  const thresholds = chooseThresholds(
    probes.map(({ heldOut }) => heldOut),
    createNlu({ timezone: 'UTC', model: modelOf(probes) }),
  );
  const heads = made.map(({ task, samples }, i) => ({
    ...task,
    head: trainHead(samples, task, probes[i]!.head.temperature),
  }));
  const file = packModel(Object.fromEntries(heads.map((h) => [h.name, h])));
  const cards = made.map(({ task, samples }, i) => [
    task.name,
    {
      lines: samples.length,
      ...probes[i]!.figures,
      temperature: probes[i]!.head.temperature,
      weightsHash: weightsHash(file, task.name),
    },
  ]);
  return {
    file,
    card: {
      dataHash: hashOfData(dir),
      modelHash: sha(file),
      trainedWith: 'src/nlu/train.ts',
      thresholds,
      check: checkModel(unpackModel(file), thresholds),
      heads: Object.fromEntries(cards),
    },
  };
}

export type Task = { name: HeadName; labels: string[]; kind: HeadKind; lines: Line[]; epochs: number };

function trainHead(samples: Sample[], { labels, epochs }: Task, temperature: number): Head {
  return { ...learn(samples, labels.length, { epochs }), temperature };
}

/** One head as the shipped ones are made, from the data and `more` lines; `temperature` as measured before. */
export function retrainHead(name: string, temperature = 1, more: Line[] = [], dir = DATA): Model[string] {
  const task = tasks(dir).find((t) => t.name === name)!;
  const all = { ...task, lines: [...task.lines, ...more] };
  const head = trainHead(samplesOf(all), all, temperature);
  return unpackModel(packModel({ [name]: { ...task, head } }))[name]!;
}

export function weightsHash(file: Uint8Array, name: string): string {
  return hashOfHead(unpackModel(file)[name]!);
}
export const hashOfHead = (head: Model[string]): string => sha(new Uint8Array(head.weights));

function tasks(dir: string): Task[] {
  const intents = readCorpus(dir, 'intents');
  const junk = readCorpus(dir, 'junk');
  // whatever a customer says is ok, except what is junk by the intent data's own account
  const ok = intents
    .filter((line) => line.label !== 'out_of_scope')
    .map((line) => ({ ...line, label: 'ok' }));
  const languages = [
    ...readCorpus(dir, 'language', 4),
    ...intents.filter((l) => hashText(l.text) % 3 === 0).map((l) => ({ ...l, label: l.language })),
  ];
  return [
    { name: 'intent', labels: [...INTENTS], kind: 'words', lines: intents, epochs: 10 },
    { name: 'junk', labels: [...JUNK_LABELS], kind: 'junk', lines: [...junk, ...ok], epochs: 8 },
    {
      name: 'language',
      labels: [...LANGUAGES],
      kind: 'language',
      lines: languages.filter((l) => (LANGUAGES as readonly string[]).includes(l.label)),
      epochs: 6,
    },
  ];
}

function samplesOf({ lines, labels, kind }: Pick<Task, 'lines' | 'labels' | 'kind'>): Sample[] {
  return lines.map(({ text, label, weight }) => {
    const y = labels.indexOf(label);
    if (y < 0) throw new Error(`unknown label ${label}: ${text}`);
    return { x: featuresOf(text, kind), y, weight };
  });
}

type Probe = Task & {
  head: Head;
  heldOut: { name: HeadName; lines: Line[] };
  figures: Figures & { heldOut: number };
};

/** Every fifth family is held out whole: no sentence is tested whose siblings were learnt. */
function probeOf(task: Task, samples: Sample[]): Probe {
  const { name, lines, labels } = task;
  const held = lines.map((line) => hashText(line.family) % 5 === 0);
  const head = trainHead(
    samples.filter((_, i) => !held[i]),
    task,
    1,
  );
  const tests = samples.filter((_, i) => held[i]);
  const margins = tests.map(({ x }) => marginOf(head, x));
  const truth = tests.map(({ y }) => y);
  const guess = margins.map((m) => m.indexOf(Math.max(...m)));
  head.temperature = fitTemperature(margins, truth);
  return {
    ...task,
    head,
    heldOut: { name, lines: lines.filter((_, i) => held[i]) },
    figures: { heldOut: tests.length, ...figuresOf(truth, guess, labels) },
  };
}

const modelOf = (heads: (Task & { head: Head })[]): Model =>
  unpackModel(packModel(Object.fromEntries(heads.map((h) => [h.name, h]))));

function marginOf(head: Head, x: Uint32Array): Float32Array {
  const out = new Float32Array(head.classes);
  marginsOf(head.weights, head.bias, x, head.classes, out);
  return out;
}

const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

export function hashOfData(dir = DATA): string {
  const files = readdirSync(dir)
    .filter((f) => f.endsWith('.tsv'))
    .sort();
  return sha(files.map((f) => `${f}\n${readFileSync(join(dir, f), 'utf8')}`).join('\n'));
}

if (import.meta.main) {
  const started = performance.now();
  const { file, card } = train();
  mkdirSync(MODEL, { recursive: true });
  writeFileSync(join(MODEL, 'nlu.bin'), file);
  writeFileSync(join(MODEL, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  for (const [name, h] of Object.entries(card.heads))
    process.stdout.write(
      `${name}: ${h.lines} lines, ${h.heldOut} held out, accuracy ${h.accuracy}, macro F1 ${h.macroF1}, temperature ${h.temperature.toFixed(3)}\n`,
    );
  process.stdout.write(
    `thresholds ${JSON.stringify(card.thresholds)}\ncheck ${JSON.stringify(card.check)}\n`,
  );
  process.stdout.write(
    `${(file.length / 1e6).toFixed(2)} MB in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
}
