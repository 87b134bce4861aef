/** Published flow versions: what is offered now, and what running conversations began with. */
import type { Flow } from './definition.ts';
import { FlowVersionModel } from './model.ts';

/** `get(name)` is the current version. */
export type FlowVersions = { get(name: string, version?: string): Flow | undefined; names(): string[] };

/** @param current one of each name; @param older kept for conversations that began with them. */
export function flowVersions(current: Flow[], older: Flow[] = []): FlowVersions {
  const offered = new Map(current.map((flow) => [flow.name, flow]));
  const all = new Map([...older, ...current].map((flow) => [`${flow.name}@${flow.version}`, flow]));
  return {
    get: (name, version) => (version === undefined ? offered.get(name) : all.get(`${name}@${version}`)),
    names: () => [...offered.keys()],
  };
}

/** Keeps the loaded flows in the database, and brings back every version that was ever published there. */
export async function publishFlows(current: Flow[], now: Date): Promise<FlowVersions> {
  for (const flow of current) {
    await FlowVersionModel.updateOne(
      { _id: `${flow.name}@${flow.version}` },
      {
        $setOnInsert: {
          name: flow.name,
          version: flow.version,
          publishedAt: now,
          flow: JSON.stringify(flow),
        },
      },
      { upsert: true },
    );
  }
  const kept = await FlowVersionModel.find({}).sort({ publishedAt: 1 }).lean();
  return flowVersions(
    current,
    kept.map((document) => JSON.parse(document.flow) as Flow),
  );
}
