/** Pipelines as they stand: config/pipelines, overridden by the newest version of each that was made while running. */
import type { Config } from '../../core/config.ts';
import type { Pipeline } from '../../core/config-pipelines.ts';
import { PipelineChoiceModel, type PipelineVersionDocument, PipelineVersionModel } from './model.ts';

export type Standing = {
  pipeline: Pipeline;
  version: number;
  by?: string;
  at?: Date;
};
/** The one in use first. */
export type Pipelines = Standing[];

const shippedWith = new WeakMap<Config, Pipeline[]>();

/** As in the YAML files, however often it was overridden since. */
export function shipped(config: Config): Pipeline[] {
  const known = shippedWith.get(config) ?? config.pipelines;
  shippedWith.set(config, known);
  return known;
}

export async function pipelinesNow(config: Config): Promise<Pipelines> {
  const base = shipped(config);
  const newest = new Map<string, PipelineVersionDocument>();
  for (const version of await PipelineVersionModel.find()
    .sort({ name: 1, version: 1 })
    .lean<PipelineVersionDocument[]>())
    newest.set(version.name, version);
  const choice = await PipelineChoiceModel.findById('inUse').lean();
  const names = [...new Set([...base.map(({ name }) => name), ...newest.keys()])];
  const all = names.map((name): Standing => {
    const version = newest.get(name);
    return version
      ? { pipeline: version.pipeline, version: version.version, by: version.by, at: version.at }
      : { pipeline: base.find((pipeline) => pipeline.name === name)!, version: 0 };
  });
  return inFront(all, choice?.name ?? base[0]!.name);
}

export const inFront = (all: Pipelines, name: string): Pipelines => [
  ...all.filter(({ pipeline }) => pipeline.name === name),
  ...all.filter(({ pipeline }) => pipeline.name !== name),
];

/** From now on this process goes by them. */
export function goBy(config: Config, all: Pipelines): void {
  shipped(config);
  config.pipelines = all.map(({ pipeline }) => pipeline);
}

/** As the process starts, and when another one has changed something. */
export async function loadPipelines(config: Config): Promise<void> {
  goBy(config, await pipelinesNow(config));
}
