/** What a call can end as, once: the words on the board, what may be typed, and what follows. */
import { z } from 'zod';

type Outcome = {
  /** As the callers say it. */
  label: string;
  hint: string;
  /** Other ways to type it, beside the key and the label. */
  said?: string[];
  /** The setting in minutes after which it is tried again. */
  retry?: 'rnrRetryMinutes' | 'busyRetryMinutes' | 'unreachableRetryMinutes';
  /** The number is marked, and nobody is asked to ring it again. */
  marks?: 'wrong' | 'doNotCall';
};

/** The order of the buttons. "RNR" is "ringing, no response". */
export const outcomeTable = {
  answered: { label: 'Answered', hint: 'They picked up' },
  rnr: { label: 'RNR', hint: 'Ringing, no response', said: ['no answer'], retry: 'rnrRetryMinutes' },
  callback: { label: 'CALL BACK', hint: 'They want a call later', said: ['call-back'] },
  busy: { label: 'NUMBER BUSY', hint: 'Busy tone', retry: 'busyRetryMinutes' },
  unreachable: {
    label: 'NOT REACHABLE',
    hint: 'Switched off or out of reach',
    said: ['switched off', 'switch off'],
    retry: 'unreachableRetryMinutes',
  },
  wrongNumber: {
    label: 'WRONG NUMBER',
    hint: 'Somebody else’s number: it is not tried again',
    said: ['wrong'],
    marks: 'wrong',
  },
  doNotCall: {
    label: 'DO NOT CALL',
    hint: 'They do not want calls: nobody rings again',
    said: ['dnd', 'dnc', 'do-not-call'],
    marks: 'doNotCall',
  },
} as const satisfies Record<string, Outcome>;

export type SaidOutcome = keyof typeof outcomeTable;
export const saidOutcomes = Object.keys(outcomeTable) as [SaidOutcome, ...SaidOutcome[]];

/** `missed`: they rang and nobody took it. Only the telephone says so, never a person. */
export const callOutcomes = [...saidOutcomes, 'missed'] as const;
export type CallOutcome = (typeof callOutcomes)[number];
export const outcomeLabels = {
  ...Object.fromEntries(saidOutcomes.map((key) => [key, outcomeTable[key].label])),
  missed: 'Missed',
} as Record<CallOutcome, string>;

export const ruleOf = (outcome: CallOutcome): Outcome =>
  outcome === 'missed' ? { label: 'Missed', hint: '' } : outcomeTable[outcome];

/** What may be typed → the key: `number busy`, `NUMBER BUSY`, `busy`. */
export const typedOutcomes: Record<string, SaidOutcome> = Object.fromEntries(
  saidOutcomes.flatMap((key) => {
    const { label, said = [] } = outcomeTable[key] as Outcome;
    return [key.toLowerCase(), label.toLowerCase(), ...said].map((word) => [word, key]);
  }),
);

const read = (said: string): string => {
  const word = said.trim().toLowerCase().replace(/\s+/g, ' ');
  return typedOutcomes[word] ?? word;
};
/** Accepts the key and the words as written on the board: "RNR", "CALL BACK", "NUMBER BUSY". */
export const saidOutcome = z.string().transform(read).pipe(z.enum(saidOutcomes));
export const callOutcome = z.string().transform(read).pipe(z.enum(callOutcomes));
