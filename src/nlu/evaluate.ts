/** What `parley nlu eval` tells of predictions of labelled lines. */
import { type Figures, figuresOf, recallAt, refusedAt } from './figures.ts';

export type Predicted = { label: string; score: number; top3?: { label: string; score: number }[] };
export type Labelled = { label?: string };
export type EvalOptions = {
  /** Labels that are looked for; recall at `fpr` is told of them. */
  positive?: string[];
  fpr?: number;
  /** Label of what is out of scope, and the share of in-scope lines that must be answered. */
  oos?: string;
  coverage?: number;
  /** Predictions of in-scope lines that set the threshold; the measured lines' own without them. */
  calibrate?: Predicted[];
};
export type Evaluation = Figures & {
  lines: number;
  recallAtFpr?: ReturnType<typeof recallAt> & { fpr: number };
  outOfScope?: ReturnType<typeof refusedAt> & { lines: number };
};

/** Lines labelled `oos` are left out of accuracy where the model has no such label: they are refused, not named. */
export function evaluate(lines: Labelled[], predicted: Predicted[], options: EvalOptions = {}): Evaluation {
  const { oos = 'oos', coverage = 0.9, fpr = 0.005, positive } = options;
  const known = new Set(predicted.map((p) => p.label));
  const outside = lines.map((line) => line.label === oos);
  const judged = lines.map((_, i) => i).filter((i) => !outside[i] || known.has(oos));
  const labels = [...new Set(judged.map((i) => lines[i]!.label!))].sort();
  const figures: Evaluation = {
    lines: lines.length,
    ...figuresOf(
      judged.map((i) => labels.indexOf(lines[i]!.label!)),
      judged.map((i) => labels.indexOf(predicted[i]!.label)),
      labels,
    ),
  };
  if (positive) {
    const looked = new Set(positive);
    const share = predicted.map((p) => shareOf(p, looked));
    const of = (wanted: boolean) => share.filter((_, i) => looked.has(lines[i]!.label!) === wanted);
    figures.recallAtFpr = { fpr, ...recallAt(fpr, of(true), of(false)) };
  }
  if (outside.includes(true)) {
    const trust = (p: Predicted) => (p.label === oos ? -p.score : p.score);
    const of = (wanted: boolean) => predicted.filter((_, i) => outside[i] === wanted).map(trust);
    figures.outOfScope = {
      lines: of(true).length,
      ...refusedAt(coverage, options.calibrate?.map(trust) ?? of(false), of(false), of(true)),
    };
  }
  return figures;
}

/** How much of the certainty lies on the labels looked for; exact where the best three hold a label of the others. */
function shareOf(p: Predicted, looked: Set<string>): number {
  const ranked = p.top3 ?? [p];
  const other = ranked.filter((s) => !looked.has(s.label)).reduce((sum, s) => sum + s.score, 0);
  const own = ranked.filter((s) => looked.has(s.label)).reduce((sum, s) => sum + s.score, 0);
  // what is very sure differs only in how little is left for the others
  return other > 0 ? own - other : own;
}

export function printEvaluation(e: Evaluation): string {
  const percent = (n: number) => (100 * n).toFixed(1).padStart(6);
  const wide = Math.max(5, ...Object.keys(e.perLabel).map((l) => l.length));
  const rows = Object.entries(e.perLabel).map(
    ([label, f]) =>
      `${label.padEnd(wide)} ${String(f.n).padStart(6)} ${percent(f.precision)} ${percent(f.recall)} ${percent(f.f1)}`,
  );
  const told = [
    `${'label'.padEnd(wide)}  lines   prec recall     F1`,
    ...rows,
    '',
    `${e.lines} lines, accuracy ${percent(e.accuracy).trim()} %, macro F1 ${percent(e.macroF1).trim()} %`,
  ];
  if (e.recallAtFpr)
    told.push(
      `recall ${percent(e.recallAtFpr.recall).trim()} % at ${(100 * e.recallAtFpr.falsePositives).toFixed(2)} % false positives (at most ${100 * e.recallAtFpr.fpr} %), threshold ${e.recallAtFpr.threshold}`,
    );
  if (e.outOfScope)
    told.push(
      `out of scope: ${percent(e.outOfScope.recall).trim()} % of ${e.outOfScope.lines} refused at ${percent(e.outOfScope.coverage).trim()} % coverage, AUROC ${percent(e.outOfScope.auroc).trim()} %, threshold ${e.outOfScope.threshold}`,
    );
  return told.join('\n');
}
