/** What came of a call, in a caller's own words: only what they say outright counts. */
import type { SaidOutcome } from '../../activities/contract.ts';

export type Found<T> = { value: T; words: string };

/** The first group that is found wins over those below it; two of one group contradict each other. */
const groups: [SaidOutcome, RegExp][][] = [
  [
    [
      'doNotCall',
      /\b(?:(?:do ?n[o'’]?t|never|not to|stop|no more) (?:be )?(?:call(?:s|ed|ing)?|ring(?:ing)?|rung|disturb(?:ed)?)(?: (?:me|us|him|her|them))?(?: (?:again|any ?more|ever))?|call mat kar\w*|phone mat kar\w*|dnd)\b/iu,
    ],
    ['wrongNumber', /\b(?:wrong (?:number|no\b|person)|galat (?:number|no)\b)|ग़?लत नंबर/iu],
  ],
  [
    [
      'unreachable',
      /\b(?:switch(?:ed)?[ -]?off|not reachable|unreachable|out of (?:reach|coverage|network|service)|no network|phone band|band (?:hai|aa raha))\b|बंद है/iu,
    ],
    [
      'rnr',
      /\b(?:rnr|no (?:answer|response|reply)|not (?:answer(?:ed|ing)?|pick(?:ed|ing)?(?: up)?|respond(?:ed|ing)?|lift(?:ed|ing)?)|did ?n[o'’]?t (?:answer|pick(?: up)?|respond|lift)|nahi (?:uthaya|utha\w*)|utha nahi\w*)\b|नहीं उठाया/iu,
    ],
    ['busy', /\b(?:(?:number|line|phone)(?: was| is)? (?:busy|engaged)|busy tone)\b|^\s*busy\s*$/iu],
  ],
  [
    [
      'callback',
      /\b(?:(?:call|ring|phone)(?:ed|ing)? (?:me |him |her |them |us )?(?:back|later|again)|callback|call-back|baad mein (?:call|phone))\b/iu,
    ],
  ],
  [
    [
      'answered',
      /\b(?:spoke|spoken|talked|discussed|picked up|answered|connected|had a (?:\w+ )?(?:call|chat|word|talk)|baat (?:hui|ho ga[iy]i?|ki|huyi))\b|बात (?:हुई|हो गई|की)/iu,
    ],
  ],
];

/** @returns the outcomes that contradict each other where it cannot be told. */
export function readOutcome(text: string): { outcome?: Found<SaidOutcome>; torn?: Found<SaidOutcome>[] } {
  for (const group of groups) {
    const found = group.flatMap(([value, pattern]) => {
      const words = pattern.exec(text)?.[0].trim();
      return words ? [{ value, words }] : [];
    });
    if (found.length > 1) return { torn: found };
    const [outcome] = found;
    if (!outcome) continue;
    // Nobody both spoke and did not get through.
    const spoke = groups.at(-1)![0]![1].exec(text)?.[0];
    const unreached = outcome.value === 'rnr' || outcome.value === 'unreachable' || outcome.value === 'busy';
    return spoke && unreached ? { torn: [outcome, { value: 'answered', words: spoke }] } : { outcome };
  }
  return {};
}
