/** Flows written in a test: `name → flow.yaml and English texts`, beside the shared ones that ship. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/core/config.ts';
import { createFlowEngine } from '../../src/flows/engine.ts';
import { loadFlows } from '../../src/flows/loader.ts';
import { fakeCommands } from '../../src/flows/stories/commands.ts';
import { createPlayer } from '../../src/flows/stories/run.ts';
import { flowVersions } from '../../src/flows/versions.ts';
import { plainNlu } from './plain-nlu.ts';

export const config = loadConfig({ PARLEY_SECRET: 'a secret of the tests, long enough to be taken' });
export const { app } = config;
export type Written = Record<string, { flow: string; texts: string }>;

/** @param on shared interrupts, as YAML lines. */
export function smallFlows(written: Written, on = '') {
  const dir = mkdtempSync(join(tmpdir(), 'flows-'));
  try {
    mkdirSync(join(dir, 'flows'));
    cpSync('config/flows/shared', join(dir, 'flows', 'shared'), { recursive: true });
    writeFileSync(join(dir, 'flows', 'shared', 'interrupts.yaml'), `on: [${on}]\n`);
    for (const [name, { flow, texts }] of Object.entries(written)) {
      mkdirSync(join(dir, 'flows', name));
      writeFileSync(join(dir, 'flows', name, 'flow.yaml'), flow);
      for (const locale of ['en', 'hi'])
        writeFileSync(join(dir, 'flows', name, `texts.${locale}.yaml`), texts);
    }
    return loadFlows(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A player of these flows; the first named begins. Wednesday, 11 March 2026, 10:00 in Kolkata. */
export function playerOf(
  written: Written,
  {
    on = '',
    windowHours,
    now = '2026-03-11T04:30:00Z',
  }: { on?: string; windowHours?: number; now?: string } = {},
) {
  const flows = smallFlows(written, on);
  const { decide } = createFlowEngine({
    flows: flowVersions(flows),
    nlu: plainNlu(app.organisation.products),
    config: { app: { ...app, bot: { ...app.bot, flow: Object.keys(written)[0]! } } },
    windowOf: () => windowHours,
  });
  return createPlayer({ decide, commands: fakeCommands(app), now: new Date(now) });
}
