/** What the organisation overruled is learnt: the shipped heads are trained anew with it, and refused if they got worse. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckFigures, checkModel } from './check/check.ts';
import { type Line, roughened } from './corpus.ts';
import { createNlu } from './index.ts';
import { type Model, repackModel, unpackModel } from './model.ts';
import { type Card, MODEL, retrainHead } from './train.ts';
import { INTENTS, JUNK_LABELS, LANGUAGES } from './types.ts';

/** One correction by a person: the verdict of a message overruled (`junk`), or its intent or language. */
export type Correction = { text: string; head: 'intent' | 'junk' | 'language'; label: string };

/** The port to where corrections are kept; the store behind it is the caller's. */
export type CorrectionStore = { list(): Promise<Correction[]> };

export type Retrained = {
  /** Whether the new model was written: it is, unless it does worse on the built-in hard sentences. */
  accepted: boolean;
  before: CheckFigures;
  after: CheckFigures;
  /** Of the corrections, how many the new model gets right. */
  learnt: number;
  used: number;
  refused: { line: number; reason: string }[];
  report: string;
};

/** A correction weighs as much as this many lines of the data: a single one is to be felt. */
const WEIGHT = 6;
/** How much worse a figure may come out before the model is refused: about one hard sentence in a hundred. */
const SLACK = 0.0125;

const LABELS: Record<Correction['head'], readonly string[]> = {
  intent: INTENTS,
  junk: JUNK_LABELS,
  language: LANGUAGES,
};

/**
 * Trains the heads that have corrections, measures old and new on sentences that neither has seen, and writes the model
 * (nlu.bin, card.json) to `out` if it is no worse. Takes up to a minute of a processor: see retrain.ts for a thread.
 */
export function trainWithCorrections(
  given: unknown[],
  { out, from = MODEL }: { out: string; from?: string },
): Retrained {
  const { good, refused } = sift(given);
  const shipped = unpackModel(readFileSync(join(from, 'nlu.bin')));
  const card: Card = JSON.parse(readFileSync(join(from, 'card.json'), 'utf8'));
  const model: Model = { ...shipped };
  for (const head of Object.keys(LABELS) as Correction['head'][]) {
    const lines = good.filter((c) => c.head === head).flatMap(linesOf);
    if (lines.length > 0) model[head] = retrainHead(head, shipped[head]!.temperature, lines);
  }
  const before = checkModel(shipped, card.thresholds);
  const after = checkModel(model, card.thresholds);
  const worse = worseIn(before, after);
  const accepted = good.length > 0 && worse.length === 0;
  if (accepted) {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'nlu.bin'), repackModel(model));
    const told = { ...card, corrections: good.length, check: after };
    writeFileSync(join(out, 'card.json'), `${JSON.stringify(told, null, 2)}\n`);
  }
  const learnt = countRight(good, model);
  const report = [
    `${good.length} corrections used, ${refused.length} refused, ${learnt} right now`,
    `hard sentences: intents macro F1 ${before.intents.macroF1} → ${after.intents.macroF1}, junk recall ${before.junk.recall} → ${after.junk.recall} at ${after.junk.falsePositives} false positives`,
    accepted ? `written to ${out}` : `not written: ${worse.join(', ') || 'nothing to learn'}`,
  ].join('\n');
  return { accepted, before, after, learnt, used: good.length, refused, report };
}

function sift(given: unknown[]): { good: Correction[]; refused: Retrained['refused'] } {
  const last = new Map<string, Correction>();
  const refused: Retrained['refused'] = [];
  given.forEach((line, at) => {
    const { text, head, label } = (line ?? {}) as Partial<Correction>;
    const refuse = (reason: string) => refused.push({ line: at + 1, reason });
    if (typeof text !== 'string' || !text.trim()) refuse('has no text');
    else if (!head || !(head in LABELS)) refuse(`head is one of ${Object.keys(LABELS).join(', ')}`);
    else if (!LABELS[head].includes(label ?? '')) refuse(`${label} is no label of ${head}`);
    // who overruled last is right
    else
      last.set(`${head}\n${text.trim().toLowerCase()}`, {
        text: text.trim().slice(0, 2_000),
        head,
        label: label!,
      });
  });
  return { good: [...last.values()], refused };
}

/** The sentence itself and as it might be mistyped. */
function linesOf({ text, label }: Correction): Line[] {
  const family = `correction\t${text}`;
  const line = { label, language: 'en', channel: 'whatsapp', source: 'correction', family };
  return [
    { ...line, text, weight: WEIGHT },
    { ...line, text: roughened(text), weight: WEIGHT / 2 },
  ];
}

function worseIn(before: CheckFigures, after: CheckFigures): string[] {
  const losses: [string, number][] = [
    ['intents', before.intents.macroF1 - after.intents.macroF1],
    ['junk found', before.junk.recallAtOnePercent - after.junk.recallAtOnePercent],
    ['customers taken for junk', after.junk.falsePositives - before.junk.falsePositives],
    ['opt-outs', before.optOut - after.optOut],
    ['a person wanted', before.wantsHuman - after.wantsHuman],
    ['language', before.language - after.language],
  ];
  return losses.filter(([, loss]) => loss > SLACK).map(([what]) => `worse in ${what}`);
}

function countRight(corrections: Correction[], model: Model): number {
  const nlu = createNlu({ timezone: 'UTC', model });
  const now = new Date(0);
  return corrections.filter(({ text, head, label }) => {
    const u = nlu.understand(text, { now });
    const told = { intent: u.intents[0]!.label, junk: u.junk.label, language: u.language };
    return told[head] === label;
  }).length;
}
