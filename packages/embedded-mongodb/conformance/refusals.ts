import { readFileSync } from 'node:fs';

/** Reasons, and under each the tests that fail for it: `file › title`. */
type Lists = Record<string, string[]>;

/** The named list of one suite, as a map from a test to the reason why it fails. */
export function readRefusals(suite: string): Map<string, string> {
  const lists: Lists = JSON.parse(readFileSync(new URL(`./refusals/${suite}.json`, import.meta.url), 'utf8'));
  return new Map(Object.entries(lists).flatMap(([reason, tests]) => tests.map((test) => [test, reason])));
}

/**
 * Prints every failure with its reason, the unnamed ones with what went wrong, and the named ones that pass by now.
 * Returns whether all failures are on the list.
 */
export function judge(
  failures: Map<string, string>,
  passes: Set<string>,
  refusals: Map<string, string>,
): boolean {
  const unnamed = [...failures].filter(([test]) => !refusals.has(test));
  const named = [...failures.keys()].filter((test) => refusals.has(test));
  for (const [test, reason] of unnamed) console.log(`✕ ${test}\n    ${reason}`);
  for (const [reason, tests] of Map.groupBy(named, (test) => refusals.get(test)!)) {
    console.log(`– ${tests.length} × ${reason}`);
  }
  for (const test of refusals.keys()) if (passes.has(test)) console.log(`passes by now: ${test}`);
  return unnamed.length === 0;
}
