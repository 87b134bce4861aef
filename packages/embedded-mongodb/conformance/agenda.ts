import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judge, readRefusals } from './refusals.ts';
import { startTestServer } from './server.ts';

const { values } = parseArgs({
  options: {
    /** A checkout of github.com/agenda/agenda with its dependencies installed and its packages built. */
    suite: { type: 'string' },
  },
});
if (values.suite === undefined) throw new Error('Give --suite: a checkout of github.com/agenda/agenda.');
const suite = resolve(values.suite);
const folder = join(suite, 'packages/mongo-backend');
const vitest = [folder, suite].map((at) => join(at, 'node_modules/vitest/vitest.mjs')).find(existsSync);
if (vitest === undefined || !existsSync(join(folder, 'dist'))) {
  throw new Error('Install and build the suite first, as its CONTRIBUTING.md says.');
}

const server = await startTestServer();
const into = mkdtempSync(join(tmpdir(), 'vitest-'));
const output = join(into, 'report.json');
const config = fileURLToPath(new URL('./agenda.vitest.mjs', import.meta.url));
const child = spawn(
  process.execPath,
  [vitest, 'run', '--config', config, '--root', folder, '--reporter=json', `--outputFile=${output}`],
  { cwd: folder, env: { ...process.env, MONGO_URI: server.uri }, stdio: ['ignore', 'ignore', 'inherit'] },
);
await once(child, 'exit');
const report = JSON.parse(readFileSync(output, 'utf8'));
rmSync(into, { recursive: true, force: true });

const passes = new Set<string>();
const failures = new Map<string, string>();
for (const file of report.testResults) {
  if (file.assertionResults.length === 0) failures.set(relative(suite, file.name), String(file.message));
  for (const test of file.assertionResults) {
    const title = `${relative(suite, file.name)} › ${test.fullName}`;
    if (test.status === 'passed') passes.add(title);
    if (test.status === 'failed') failures.set(title, String(test.failureMessages[0]).split('\n')[0]!);
  }
}
console.log(
  `agenda: ${report.numPassedTests} pass, ${report.numFailedTests} fail, ${report.numPendingTests} left out by the suite`,
);
const isGood = judge(failures, passes, readRefusals('agenda'));
await server.stop();
process.exitCode = isGood ? 0 : 1;
