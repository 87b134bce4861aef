/** Runs `parley simulate rules` as a process of its own: the clock that it turns is not the one that others go by. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Config } from '../../core/config.ts';
import type { RehearsalView } from './contract.ts';

type Item = RehearsalView['items'][number];
export type Played = { items: Item[]; total: number; error?: string };

const program = join(import.meta.dirname, '../../cli/index.ts');
const mostKept = 3000;
const longestMs = 10 * 60_000;

export async function play(config: Config, { from, to }: { from: Date; to: Date }): Promise<Played> {
  const times = ['--from', from.toISOString(), '--to', to.toISOString(), '--json'];
  const child = spawn(process.execPath, ['--no-warnings', program, 'simulate', 'rules', ...times], {
    env: environmentOf(config),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestMs,
    killSignal: 'SIGKILL',
  });
  const so: Played = { items: [], total: 0 };
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    so.total++;
    if (so.items.length < mostKept) so.items.push(JSON.parse(line) as Item);
  }
  const code = await ended;
  if (code === 0) return so;
  return { ...so, error: sentenceOf(words) || 'it was ended: the days were too many' };
}

/** What the program said before it ended, without warnings and without where in its code. */
const sentenceOf = (words: string): string =>
  words
    .split('\n')
    .filter((line) => line.trim() && !/^(warning:|\s+at )/.test(line))
    .join(' ')
    .slice(0, 500);

/** The same data and configuration as here, whatever this process was started with. */
function environmentOf({ env, dir, secret, dataDir }: Config): NodeJS.ProcessEnv {
  const own = Object.entries(env)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)]);
  return {
    ...Object.fromEntries(own),
    PARLEY_DATA: dataDir,
    PARLEY_CONFIG: dir,
    PARLEY_SECRET: secret,
    PARLEY_PLAYGROUND: 'false',
    LOG_LEVEL: 'silent',
  };
}
