/** `bin/parley flows check` and `flows test`: for those who write flows. Answers the exit code. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../core/config.ts';
import { flowCommands } from './catalogue.ts';
import { nluFor } from './index.ts';
import { readFlows } from './loader.ts';
import { runStories, type StoryResult } from './stories/run.ts';
import { readStories } from './stories/story.ts';

export type FlowsOptions = { flow?: string; verbose?: boolean };
type Write = (line: string) => void;
const print: Write = (line) => void process.stdout.write(`${line}\n`);

/** Plays the stories of every flow, or of one. */
export async function flowsTest(options: FlowsOptions = {}, write: Write = print): Promise<number> {
  const config = loadConfig();
  const { flows, faults } = readFlows(config.dir, { commands: flowCommands });
  for (const fault of faults) write(`fault: ${fault}`);
  const nlu = nluFor(config);
  const results: StoryResult[] = [];
  for (const flow of flows.filter(({ name }) => !options.flow || name === options.flow)) {
    const path = join(config.dir, 'flows', flow.name, 'stories.yaml');
    const told = existsSync(path)
      ? runStories(flow, readStories(path), { app: config.app, nlu, others: flows })
      : [];
    write(
      `${flow.name} (version ${flow.version}): ${told.filter(({ ok }) => ok).length} of ${told.length} stories as told`,
    );
    for (const result of told) report(result, options.verbose ?? false, write);
    results.push(...told);
  }
  if (!results.length)
    write(options.flow ? `There is no flow "${options.flow}" with stories.` : 'There are no stories.');
  return faults.length || !results.length || results.some(({ ok }) => !ok) ? 1 : 0;
}

function report({ story, ok, faults, transcript }: StoryResult, verbose: boolean, write: Write): void {
  if (ok && !verbose) return;
  write(`  ${ok ? 'ok    ' : 'FAILED'} ${story}`);
  for (const fault of faults) write(`    ${fault}`);
  for (const line of transcript) write(`      ${line.replaceAll('\n', '\n        ')}`);
}

/** Reports every fault of every flow. */
export async function flowsCheck(_options: FlowsOptions = {}, write: Write = print): Promise<number> {
  const config = loadConfig();
  const { flows, faults } = readFlows(config.dir, { commands: flowCommands });
  for (const flow of flows) {
    const missing = Object.keys(flow.texts).filter((locale) => !['en', 'hi'].includes(locale));
    write(
      `${flow.name}: version ${flow.version}, ${flow.steps.length} steps, texts in ${Object.keys(flow.texts).join(', ')}${missing.length ? ` (${missing.join(', ')} in part)` : ''}`,
    );
  }
  for (const fault of faults) write(`fault: ${fault}`);
  write(faults.length ? `${faults.length} fault(s).` : 'No faults.');
  return faults.length ? 1 : 0;
}
