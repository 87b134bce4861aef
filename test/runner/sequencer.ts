import { createRequire } from 'node:module';
import { relative } from 'node:path';

const { default: Sequencer } = createRequire(import.meta.url)(
  '@jest/test-sequencer',
) as typeof import('@jest/test-sequencer');
type Tests = Parameters<InstanceType<typeof Sequencer>['sort']>[0];

/** Slow files first, so that at the end no worker waits for another. */
const slow = /^test\/(e2e|faults|cli|playground|rights\/every|llm\/kill|channels\/contract\/outage)/;

export default class SlowFirst extends Sequencer {
  override sort(tests: Tests): Tests {
    const sorted = super.sort(tests) as Tests;
    const { first = [], later = [] } = Object.groupBy(sorted, ({ path, context }) =>
      slow.test(relative(context.config.rootDir, path)) ? 'first' : 'later',
    );
    return [...first, ...later];
  }
}
