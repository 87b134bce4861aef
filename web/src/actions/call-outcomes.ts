/** What came of a call, as the callers say it. The keys are the contract's; the first four are the daily ones. */
export const callOutcomes = [
  { key: 'answered', label: 'Answered', hint: 'They picked up' },
  { key: 'rnr', label: 'RNR', hint: 'Ringing, no response' },
  { key: 'callback', label: 'CALL BACK', hint: 'They want a call later' },
  { key: 'busy', label: 'NUMBER BUSY', hint: 'Busy tone' },
  { key: 'unreachable', label: 'NOT REACHABLE', hint: 'Switched off or out of reach' },
  { key: 'wrongNumber', label: 'WRONG NUMBER', hint: 'Somebody else’s number: it is not tried again' },
  { key: 'doNotCall', label: 'DO NOT CALL', hint: 'They do not want calls: nobody rings again' },
] as const;

export type CallOutcome = (typeof callOutcomes)[number]['key'];
export const dailyOutcomes = callOutcomes.slice(0, 4);
export const otherOutcomes = callOutcomes.slice(4);
export const outcomeLabel = (key: string): string =>
  key === 'missed' ? 'Missed' : (callOutcomes.find((outcome) => outcome.key === key)?.label ?? key);
/** After these there is something to say before it is logged. */
export const asksMore = (outcome: CallOutcome): boolean =>
  ['answered', 'callback', 'wrongNumber', 'doNotCall'].includes(outcome);
