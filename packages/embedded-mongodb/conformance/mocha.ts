import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

export interface Run {
  /** Several tests may have one name. */
  passCount: number;
  failCount: number;
  passes: Set<string>;
  /** What went wrong, by `file › title`. */
  failures: Map<string, string>;
  pending: string[];
}

interface Reported {
  file?: string;
  fullTitle: string;
  err?: { message?: string };
}

/** Runs mocha, as it is installed in `folder`, over the files given; its own configuration holds. */
export async function runMocha(folder: string, args: string[], env: Record<string, string>): Promise<Run> {
  const mocha = join(folder, 'node_modules/mocha/bin/mocha.js');
  if (!existsSync(mocha))
    throw new Error(`Install the suite first: cd ${folder} && npm install --ignore-scripts`);
  const into = mkdtempSync(join(tmpdir(), 'mocha-'));
  const output = join(into, 'report.json');
  try {
    const child = spawn(
      process.execPath,
      [mocha, '--exit', '--reporter', 'json', '--reporter-option', `output=${output}`, ...args],
      { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    await once(child, 'exit');
    const report = JSON.parse(readFileSync(output, 'utf8'));
    const name = (test: Reported): string =>
      `${relative(folder, test.file ?? '')} › ${test.fullTitle.trim()}`;
    return {
      passCount: report.stats.passes,
      failCount: report.stats.failures,
      passes: new Set(report.passes.map(name)),
      failures: new Map(
        report.failures.map((test: Reported) => [name(test), String(test.err?.message).split('\n')[0]]),
      ),
      pending: report.pending.map(name),
    };
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}
