/** Reads `config/flows`, checks everything and reports every fault at once. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { ConfigError } from '../core/config.ts';
import { checkAll } from '../core/validate.ts';
import { parseYaml } from '../core/yaml.ts';
import { checkFlow } from './check.ts';
import {
  type Flow,
  flowSchema,
  type Interrupt,
  type Silence,
  type Step,
  type StepKind,
  sharedSchema,
  stepKinds,
  type Texts,
} from './definition.ts';
import { readTexts } from './texts.ts';

export type LoadOptions = {
  /** Names of the commands and queries that flows may run; absent: not checked. */
  commands?: ReadonlySet<string>;
  /** Locales that every text must have. */
  locales?: string[];
};

/** @param dir the configuration folder; flows are in `<dir>/flows/<name>/`. @throws ConfigError with all faults. */
export function loadFlows(dir: string, options: LoadOptions = {}): Flow[] {
  const { flows, faults } = readFlows(dir, options);
  if (faults.length) throw new ConfigError(faults);
  return flows;
}

export function readFlows(
  dir: string,
  { commands, locales = ['en', 'hi'] }: LoadOptions = {},
): { flows: Flow[]; faults: string[] } {
  const faults: string[] = [];
  const root = join(dir, 'flows');
  const folders = existsSync(root)
    ? readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : [];
  const shared = existsSync(join(root, 'shared'))
    ? readShared(join(root, 'shared'), faults)
    : { on: [], texts: {} };
  const names = new Set(folders.filter((name) => name !== 'shared'));
  const flows = folders
    .filter((name) => name !== 'shared')
    .flatMap((name) => {
      const before = faults.length;
      const flow = readFlow(join(root, name), name, shared, faults);
      if (flow) checkFlow(flow, { commands, locales, flows: names }, faults);
      return flow && faults.length === before ? [flow] : [];
    });
  if (!folders.some((name) => name !== 'shared')) faults.push(`${root}: there is no flow`);
  return { flows, faults };
}

type Shared = { on: Interrupt[]; silence?: Silence; texts: Record<string, Texts> };

function readShared(dir: string, faults: string[]): Shared {
  const parsed = existsSync(join(dir, 'interrupts.yaml'))
    ? checkAll(
        'shared/interrupts.yaml',
        sharedSchema,
        yamlOf(join(dir, 'interrupts.yaml'), 'shared/interrupts.yaml', faults),
        faults,
      )
    : undefined;
  return {
    on: parsed?.on ?? [],
    ...(parsed?.silence && { silence: parsed.silence }),
    texts: readLocales(dir, 'shared', faults),
  };
}

function readFlow(dir: string, name: string, shared: Shared, faults: string[]): Flow | undefined {
  const where = `${name}/flow.yaml`;
  if (!existsSync(join(dir, 'flow.yaml'))) {
    faults.push(`${where}: is missing`);
    return undefined;
  }
  const parsed = checkAll(where, flowSchema, yamlOf(join(dir, 'flow.yaml'), where, faults), faults);
  const own = readLocales(dir, name, faults);
  if (!parsed) return undefined;
  const steps = parsed.steps.flatMap((raw, i) => readStep(raw, `${where}: steps.${i}`, faults));
  const texts = Object.fromEntries(
    [...new Set([...Object.keys(shared.texts), ...Object.keys(own)])].map((locale) => [
      locale,
      { ...shared.texts[locale], ...own[locale] },
    ]),
  );
  const body = {
    title: parsed.title,
    start: parsed.start,
    slots: parsed.slots,
    on: [...parsed.on, ...shared.on],
    watch: parsed.watch,
    ...((parsed.silence ?? shared.silence) && { silence: parsed.silence ?? shared.silence }),
    steps,
    texts,
  };
  return { name, version: versionOf(body), ...body };
}

/** The same flow has the same version wherever it is loaded. */
export const versionOf = (body: object): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 12);

/** A step's kind is the one of its keys that names a kind. */
export function readStep(raw: Record<string, unknown>, where: string, faults: string[]): Step[] {
  const kinds = Object.keys(raw).filter(
    (key): key is StepKind =>
      key in stepKinds &&
      !(key === 'goto' && Object.keys(raw).some((other) => other !== 'goto' && other in stepKinds)) &&
      !(key === 'clear' && 'choose' in raw),
  );
  const label = typeof raw.id === 'string' ? `${where} (${raw.id})` : where;
  if (kinds.length !== 1) {
    faults.push(`${label}: must have exactly one of ${Object.keys(stepKinds).join(', ')}`);
    return [];
  }
  const kind = kinds[0]!;
  const step = checkAll(label, stepKinds[kind] as z.ZodType, raw, faults);
  return step ? [{ kind, ...(step as object) } as Step] : [];
}

function readLocales(dir: string, name: string, faults: string[]): Record<string, Texts> {
  const files = readdirSync(dir)
    .filter((file) => /^texts\.[a-z]+\.yaml$/.test(file))
    .sort();
  return Object.fromEntries(
    files.map((file) => [
      file.split('.')[1]!,
      readTexts(readFileSync(join(dir, file), 'utf8'), `${name}/${file}`, faults),
    ]),
  );
}

function yamlOf(path: string, where: string, faults: string[]): unknown {
  try {
    return parseYaml(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    faults.push(`${where}: ${(error as Error).message}`);
    return undefined;
  }
}
