/** How many steps matching takes at worst, by the length of the text. */
export interface RegexCost {
  /** A repetition within a repetition: no length is safe. */
  isExponential: boolean;
  /** Repetitions of no fixed length: each multiplies by the text's length. */
  loops: number;
  /** Alternatives and optional parts: each multiplies by two. */
  choices: number;
}

interface Group {
  isVariable: boolean;
}

/** Reads the cost off the source of a JavaScript pattern. It may be too high, never too low. */
export function costOf(source: string): RegexCost {
  const cost: RegexCost = { isExponential: false, loops: 0, choices: 0 };
  const open: Group[] = [{ isVariable: false }];
  let closed: Group | undefined;
  for (let i = 0; i < source.length; ) {
    const c = source[i]!;
    const top = open[open.length - 1]!;
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(i, i + 20))?.[0];
    if (quantifier !== undefined) {
      const { isVariable, isLoop, isRepeated } = kindOf(quantifier);
      if (closed?.isVariable && isRepeated) cost.isExponential = true;
      if (isLoop) cost.loops++;
      else if (isVariable) cost.choices++;
      top.isVariable ||= isVariable;
      closed = undefined;
      i += quantifier.length;
      continue;
    }
    closed = undefined;
    if (c === '[') {
      i = classEnd(source, i);
      continue;
    }
    if (c === '|') {
      cost.choices++;
      top.isVariable = true;
    } else if (c === '(') open.push({ isVariable: false });
    else if (c === ')' && open.length > 1) {
      closed = open.pop()!;
      open[open.length - 1]!.isVariable ||= closed.isVariable;
    }
    i +=
      c === '\\'
        ? 2
        : c === '('
          ? /^\((?:\?(?:[:=!]|<[=!]|<\w+>|-?\w+:))?/.exec(source.slice(i))![0].length
          : 1;
  }
  return cost;
}

function kindOf(quantifier: string): { isVariable: boolean; isLoop: boolean; isRepeated: boolean } {
  const [, least = '', most] = /^\{(\d+)(,\d*)?\}/.exec(quantifier) ?? [];
  if (least === '') {
    const isLoop = !quantifier.startsWith('?');
    return { isVariable: true, isLoop, isRepeated: isLoop };
  }
  const upper =
    most === undefined ? Number(least) : most === ',' ? Number.POSITIVE_INFINITY : Number(most.slice(1));
  const isVariable = upper !== Number(least);
  return { isVariable, isLoop: isVariable && upper > 1, isRepeated: upper > 1 };
}

function classEnd(source: string, start: number): number {
  let i = start + 1;
  while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1;
  return i + 1;
}
