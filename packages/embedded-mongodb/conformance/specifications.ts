import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { judge, readRefusals } from './refusals.ts';
import { startTestServer } from './server.ts';
import { serverFacts } from './unified/requirements.ts';
import { runFile } from './unified/run-file.ts';

/** The specifications measured, and where a checkout of them has its tests. */
const SUITES: Record<string, string> = {
  crud: 'crud/tests/unified',
  'retryable-reads': 'retryable-reads/tests/unified',
  'retryable-writes': 'retryable-writes/tests/unified',
  transactions: 'transactions/tests/unified',
  'transactions-convenient-api': 'transactions-convenient-api/tests/unified',
  'change-streams': 'change-streams/tests/unified',
  'run-command': 'run-command/tests/unified',
  'collection-management': 'collection-management/tests',
  sessions: 'sessions/tests',
  'read-write-concern': 'read-write-concern/tests/operation',
  'index-management': 'index-management/tests',
  'versioned-api': 'versioned-api/tests',
  'test-format': 'unified-test-format/tests/valid-pass',
};

const { values } = parseArgs({
  options: {
    /** A checkout of github.com/mongodb/specifications. */
    suite: { type: 'string' },
    /** Another server than a fresh embedded one; with its test commands enabled. */
    uri: { type: 'string' },
    /** Names of SUITES, with commas between. */
    only: { type: 'string' },
    /** Part of a file's name, and of a test's title. */
    file: { type: 'string' },
    test: { type: 'string' },
    /** Tell what was left out as well. */
    verbose: { type: 'boolean' },
  },
});
if (values.suite === undefined)
  throw new Error('Give --suite: a checkout of github.com/mongodb/specifications.');

const server = values.uri === undefined ? await startTestServer() : undefined;
const uri = values.uri ?? server!.uri;
const internal = await MongoClient.connect(uri);
const target = { uri, internal, facts: await serverFacts(internal.db('admin')) };
const failures = new Map<string, string>();
const passes = new Set<string>();
for (const name of values.only?.split(',') ?? Object.keys(SUITES)) {
  const folder = join(values.suite, 'source', SUITES[name] ?? name);
  const counts = { pass: 0, fail: 0, skip: 0 };
  for (const file of globSync('*.json', { cwd: folder }).sort()) {
    if (values.file !== undefined && !file.includes(values.file)) continue;
    for await (const outcome of runFile(readFileSync(join(folder, file), 'utf8'), target, values.test)) {
      counts[outcome.result]++;
      const title = `${name}/${file.replace(/\.json$/, '')} › ${outcome.title}`;
      if (outcome.result === 'pass') passes.add(title);
      if (outcome.result === 'fail') failures.set(title, outcome.reason);
      if (outcome.result === 'skip' && values.verbose) console.log(`left out: ${title}: ${outcome.reason}`);
    }
  }
  console.log(`${name}: ${counts.pass} pass, ${counts.fail} fail, ${counts.skip} not for it`);
}
const isGood = judge(failures, passes, readRefusals('specifications'));
await internal.close();
await server?.stop();
process.exitCode = isGood ? 0 : 1;
