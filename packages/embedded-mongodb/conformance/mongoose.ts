import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runMocha } from './mocha.ts';
import { judge, readRefusals } from './refusals.ts';
import { startTestServer } from './server.ts';

const { values } = parseArgs({
  options: {
    /** A checkout of github.com/Automattic/mongoose with its dependencies installed. */
    suite: { type: 'string' },
    /** Part of a test file's name, and of a title. */
    file: { type: 'string' },
    test: { type: 'string' },
  },
});
if (values.suite === undefined)
  throw new Error('Give --suite: a checkout of github.com/Automattic/mongoose.');

const server = await startTestServer();
const name = new URL(server.uri.replace(/^mongodb:/, 'http:')).searchParams.get('replicaSet') ?? 'embedded';
const files = globSync('test/*.test.js', { cwd: values.suite }).filter((file) =>
  file.includes(values.file ?? ''),
);
const run = await runMocha(
  values.suite,
  [...(values.test ? ['--fgrep', values.test] : []), '--timeout', '20000', ...files.sort()],
  {
    MONGOOSE_TEST_URI: server.uri,
    MONGOOSE_REPLSET_URI: server.uri,
    START_REPLICA_SET: '1',
    REPLICA_SET: name,
  },
);
console.log(
  `mongoose: ${run.passCount} pass, ${run.failCount} fail, ${run.pending.length} left out by the suite`,
);
const isGood = judge(run.failures, run.passes, readRefusals('mongoose'));
await server.stop();
process.exitCode = isGood ? 0 : 1;
