export type Scores = {
  accuracy: number;
  macroF1: number;
  perLabel: Record<string, { n: number; precision: number; recall: number }>;
};

/** Figures of guesses against the truth, both as indices into `labels` (-1: a label that does not exist). */
export function score(truth: number[], guess: number[], labels: readonly string[]): Scores {
  const perLabel: Scores['perLabel'] = {};
  let f1 = 0;
  let used = 0;
  labels.forEach((label, k) => {
    const n = truth.filter((t) => t === k).length;
    const claimed = guess.filter((g) => g === k).length;
    const right = truth.filter((t, i) => t === k && guess[i] === k).length;
    if (n === 0) return;
    const precision = claimed ? right / claimed : 0;
    const recall = right / n;
    perLabel[label] = { n, precision: round(precision), recall: round(recall) };
    f1 += right ? (2 * precision * recall) / (precision + recall) : 0;
    used++;
  });
  const right = truth.filter((t, i) => t === guess[i]).length;
  return { accuracy: round(right / (truth.length || 1)), macroF1: round(f1 / (used || 1)), perLabel };
}

const round = (n: number) => Math.round(n * 1000) / 1000;
