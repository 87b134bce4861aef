/** A flow as text and back: the structure is YAML as in flow.yaml, with what all flows share already in it. */

import { checkAll } from '../../core/validate.ts';
import { parseYaml, toYaml } from '../../core/yaml.ts';
import { type CheckOptions, checkFlow } from '../check.ts';
import { type Flow, flowSchema } from '../definition.ts';
import { readStep, versionOf } from '../loader.ts';

export function structureOf({ title, start, slots, on, watch, silence, steps }: Flow): string {
  const bare = steps.map(({ kind: _, ...step }) => step);
  return toYaml({ title, start, slots, on, watch, ...(silence && { silence }), steps: bare });
}

export type Change = { texts?: Record<string, Record<string, string[]>>; structure?: string };

/** The flow with a change worked in, and what is wrong with it. @param base what is offered now */
export function changed(
  base: Flow,
  { texts = {}, structure }: Change,
  options: CheckOptions,
): { flow: Flow; faults: string[] } {
  const faults: string[] = [];
  const body = structure === undefined ? bodyOf(base) : (read(base.name, structure, faults) ?? bodyOf(base));
  const locales = new Set([...Object.keys(base.texts), ...Object.keys(texts)]);
  const merged = Object.fromEntries(
    [...locales].map((locale) => [locale, { ...base.texts[locale], ...texts[locale] }]),
  );
  const whole = { ...body, texts: merged };
  const flow: Flow = { name: base.name, version: versionOf(whole), ...whole };
  checkFlow(flow, options, faults);
  return { flow, faults };
}

type Body = Omit<Flow, 'name' | 'version' | 'texts'>;
const bodyOf = ({ name: _, version: __, texts: ___, ...body }: Flow): Body => body;

function read(name: string, structure: string, faults: string[]): Body | undefined {
  let raw: unknown;
  try {
    raw = parseYaml(structure);
  } catch (error) {
    faults.push(`${name}: ${(error as Error).message}`);
    return undefined;
  }
  const parsed = checkAll(name, flowSchema, raw, faults);
  if (!parsed) return undefined;
  const { silence, ...rest } = parsed;
  return {
    ...rest,
    ...(silence && { silence }),
    steps: parsed.steps.flatMap((step, i) => readStep(step, `${name}: steps.${i}`, faults)),
  };
}
