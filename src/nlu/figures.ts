export type LabelFigures = { n: number; precision: number; recall: number; f1: number };
export type Figures = { accuracy: number; macroF1: number; perLabel: Record<string, LabelFigures> };

/** Figures of guesses against the truth, both as indices into `labels` (-1: a label that does not exist). */
export function figuresOf(truth: number[], guess: number[], labels: readonly string[]): Figures {
  const perLabel: Figures['perLabel'] = {};
  let f1 = 0;
  let used = 0;
  labels.forEach((label, k) => {
    const n = truth.filter((t) => t === k).length;
    const claimed = guess.filter((g) => g === k).length;
    const right = truth.filter((t, i) => t === k && guess[i] === k).length;
    if (n === 0) return;
    const own = right ? (2 * right) / (claimed + n) : 0;
    perLabel[label] = {
      n,
      precision: round(claimed ? right / claimed : 0),
      recall: round(right / n),
      f1: round(own),
    };
    f1 += own;
    used++;
  });
  const right = truth.filter((t, i) => t === guess[i]).length;
  return { accuracy: round(right / (truth.length || 1)), macroF1: round(f1 / (used || 1)), perLabel };
}

/** The share of `positives` above the threshold that lets at most `rate` of `negatives` through. */
export function recallAt(
  rate: number,
  positives: number[],
  negatives: number[],
): { threshold: number; recall: number; falsePositives: number } {
  const ranked = [...negatives].sort((a, b) => b - a);
  // with few negatives none may pass: the first that may not is the threshold
  const threshold = ranked[Math.floor(ranked.length * rate)] ?? -Infinity;
  return {
    threshold,
    recall: round(positives.filter((s) => s > threshold).length / (positives.length || 1)),
    falsePositives: round(negatives.filter((s) => s > threshold).length / (negatives.length || 1)),
  };
}

/** The threshold at which `coverage` of in-scope scores are answered, and how many out-of-scope ones are then refused. */
export function refusedAt(
  coverage: number,
  calibration: number[],
  inScope: number[],
  outOfScope: number[],
): { threshold: number; coverage: number; recall: number; auroc: number } {
  const ranked = [...calibration].sort((a, b) => b - a);
  const threshold = ranked[Math.max(0, Math.ceil(ranked.length * coverage) - 1)] ?? 0;
  return {
    threshold,
    coverage: round(inScope.filter((s) => s >= threshold).length / (inScope.length || 1)),
    recall: round(outOfScope.filter((s) => s < threshold).length / (outOfScope.length || 1)),
    auroc: round(auroc(inScope, outOfScope)),
  };
}

function auroc(high: number[], low: number[]): number {
  const ranked = [...high.map((s) => [s, 1] as const), ...low.map((s) => [s, 0] as const)].sort(
    (a, b) => a[0] - b[0],
  );
  let below = 0;
  let won = 0;
  for (let i = 0; i < ranked.length; ) {
    let j = i;
    let lows = 0;
    let highs = 0;
    for (; j < ranked.length && ranked[j]![0] === ranked[i]![0]; j++) ranked[j]![1] ? highs++ : lows++;
    won += highs * (below + lows / 2);
    below += lows;
    i = j;
  }
  return won / (high.length * low.length || 1);
}

const round = (n: number) => Math.round(n * 10_000) / 10_000;
