/** `bin/parley flows check`, `flows test`, `flows record`: for those who write flows. Answers the exit code. */
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { type Config, loadConfig } from '../core/config.ts';
import { toYaml } from '../core/yaml.ts';
import { flowCommands } from './catalogue.ts';
import type { Texts } from './definition.ts';
import { nluFor } from './index.ts';
import { type Limits, longLabels } from './labels.ts';
import { readFlows } from './loader.ts';
import { type Held, recordStory } from './stories/record.ts';
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

/** Reports every fault of every flow, and labels that a channel cannot show. */
export async function flowsCheck(
  { limits = {} }: { limits?: Limits } = {},
  write: Write = print,
): Promise<number> {
  const config = loadConfig();
  const { flows, faults } = readFlows(config.dir, { commands: flowCommands });
  for (const flow of flows) {
    const missing = Object.keys(flow.texts).filter((locale) => !['en', 'hi'].includes(locale));
    write(
      `${flow.name}: version ${flow.version}, ${flow.steps.length} steps, texts in ${Object.keys(flow.texts).join(', ')}${missing.length ? ` (${missing.join(', ')} in part)` : ''}`,
    );
  }
  const all = [...faults, ...flows.flatMap((flow) => longLabels(flow, config.app, limits))];
  for (const fault of all) write(`fault: ${fault}`);
  write(all.length ? `${all.length} fault(s).` : 'No faults.');
  return all.length ? 1 : 0;
}

/** Plays the stories again whenever a file of the flows changes. Runs until it is stopped. */
export function flowsWatch(options: FlowsOptions = {}, write: Write = print): { stop(): void } {
  const { dir } = loadConfig();
  let again: NodeJS.Timeout | undefined;
  const play = () => flowsTest(options, write).catch((error: Error) => write(error.message));
  void play();
  const watcher = watch(join(dir, 'flows'), { recursive: true }, () => {
    // An editor writes a file in several goes.
    clearTimeout(again);
    again = setTimeout(() => {
      write(`\n— ${new Date().toLocaleTimeString('en-GB')} —`);
      void play();
    }, 200);
  });
  return {
    stop() {
      clearTimeout(again);
      watcher.close();
    },
  };
}

/** A conversation as a story, in YAML. */
export function storyOf(held: Held, config: Config = loadConfig()): string {
  const { flows } = readFlows(config.dir);
  const texts: Record<string, Texts> = {};
  for (const flow of flows)
    for (const [locale, own] of Object.entries(flow.texts)) texts[locale] = { ...own, ...texts[locale] };
  const story = recordStory(held, { texts, nlu: nluFor(config), zone: config.app.organisation.timezone });
  return toYaml([story]);
}
