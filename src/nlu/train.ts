/** Trains the shipped model from data/ and writes model/: `node src/nlu/train.ts`. Same data, same bytes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashText, type Line, readCorpus } from './corpus.ts';
import { featuresOf, type HeadKind } from './features.ts';
import { type Figures as Scores, figuresOf as score } from './figures.ts';
import { fitTemperature, type Head, learn, marginsOf, type Sample } from './learn.ts';
import { packModel, unpackModel } from './model.ts';
import { INTENTS, JUNK_LABELS, LANGUAGES } from './types.ts';

export const DATA = join(import.meta.dirname, 'data');
export const MODEL = join(import.meta.dirname, 'model');

type Figures = Scores & { lines: number; heldOut: number };
export type Card = {
  dataHash: string;
  modelHash: string;
  trainedWith: string;
  heads: Record<string, Figures & { temperature: number; weightsHash: string }>;
};

/** Trains and measures all heads. */
export function train(dir = DATA): { file: Uint8Array; card: Card } {
  const heads: Parameters<typeof packModel>[0] = {};
  const figures: Card['heads'] = {};
  for (const { name, labels, kind, lines, epochs } of tasks(dir)) {
    const samples = samplesOf(lines, labels, kind);
    const { figure, temperature } = measure(lines, samples, labels, epochs);
    heads[name] = { head: trainHead(samples, labels, epochs, temperature), labels: [...labels], kind };
    figures[name] = { ...figure, temperature, weightsHash: '' };
  }
  const file = packModel(heads);
  for (const name of Object.keys(figures)) figures[name]!.weightsHash = weightsHash(file, name);
  return {
    file,
    card: {
      dataHash: hashOfData(dir),
      modelHash: sha(file),
      trainedWith: 'src/nlu/train.ts',
      heads: figures,
    },
  };
}

function trainHead(samples: Sample[], labels: readonly string[], epochs: number, temperature: number): Head {
  return { ...learn(samples, labels.length, { epochs }), temperature };
}

/** The hash of one head's weights, made anew from the data: reproducibility in seconds. */
export function retrain(name: string, dir = DATA): string {
  const { lines, labels, kind, epochs } = tasks(dir).find((task) => task.name === name)!;
  const head = trainHead(samplesOf(lines, labels, kind), labels, epochs, 1);
  return weightsHash(packModel({ [name]: { head, labels: [...labels], kind } }), name);
}

export function weightsHash(file: Uint8Array, name: string): string {
  return sha(new Uint8Array(unpackModel(file)[name]!.weights));
}

type Task = {
  name: string;
  labels: readonly string[];
  kind: HeadKind;
  lines: Line[];
  epochs: number;
};

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
    { name: 'intent', labels: INTENTS, kind: 'words', lines: intents, epochs: 10 },
    { name: 'junk', labels: JUNK_LABELS, kind: 'junk', lines: [...junk, ...ok], epochs: 8 },
    {
      name: 'language',
      labels: LANGUAGES,
      kind: 'language',
      lines: languages.filter((l) => (LANGUAGES as readonly string[]).includes(l.label)),
      epochs: 6,
    },
  ];
}

function samplesOf(lines: Line[], labels: readonly string[], kind: HeadKind): Sample[] {
  return lines.map(({ text, label }) => {
    const y = labels.indexOf(label);
    if (y < 0) throw new Error(`unknown label ${label}: ${text}`);
    return { x: featuresOf(text, kind), y };
  });
}

/** Every fifth family is held out whole: no sentence is tested whose siblings were learnt. */
function measure(lines: Line[], samples: Sample[], labels: readonly string[], epochs: number) {
  const held = lines.map((line) => hashText(line.family) % 5 === 0);
  const head = learn(
    samples.filter((_, i) => !held[i]),
    labels.length,
    { epochs },
  );
  const tests = samples.filter((_, i) => held[i]);
  const margins = tests.map(({ x }) => marginOf(head, x));
  const truth = tests.map(({ y }) => y);
  const guess = margins.map((m) => m.indexOf(Math.max(...m)));
  return {
    figure: { lines: lines.length, heldOut: tests.length, ...score(truth, guess, labels) },
    temperature: fitTemperature(margins, truth),
  };
}

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
    `${(file.length / 1e6).toFixed(2)} MB in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
}
