/** What came of a call, as the callers say it. The keys are the contract's. */
export const callOutcomes = [
  { key: 'answered', label: 'Answered', hint: 'They picked up' },
  { key: 'rnr', label: 'RNR', hint: 'Ringing, no response' },
  { key: 'callback', label: 'CALL BACK', hint: 'They want a call later' },
  { key: 'busy', label: 'NUMBER BUSY', hint: 'Busy tone' },
] as const;

export type CallOutcome = (typeof callOutcomes)[number]['key'];
export const outcomeLabel = (key: string): string =>
  callOutcomes.find((outcome) => outcome.key === key)?.label ?? key;
