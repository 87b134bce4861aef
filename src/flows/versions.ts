/** Published flow versions: what is offered now, and what running conversations began with. */
import type { Flow } from './definition.ts';
import { FlowHeadModel, FlowVersionModel } from './model.ts';

/** `get(name)` is the current version. */
export type FlowVersions = { get(name: string, version?: string): Flow | undefined; names(): string[] };
type Offered = FlowVersions & { offer(flow: Flow): void };

/** @param current one of each name; @param older kept for conversations that began with them. */
export function flowVersions(current: Flow[], older: Flow[] = []): Offered {
  const offered = new Map(current.map((flow) => [flow.name, flow]));
  const all = new Map([...older, ...current].map((flow) => [`${flow.name}@${flow.version}`, flow]));
  return {
    get: (name, version) => (version === undefined ? offered.get(name) : all.get(`${name}@${version}`)),
    names: () => [...offered.keys()],
    offer(flow) {
      offered.set(flow.name, flow);
      all.set(`${flow.name}@${flow.version}`, flow);
    },
  };
}

/** The versions as the database has them; `refresh` takes over what was published since, here or in another process. */
export type FlowLibrary = Offered & {
  refresh(): Promise<void>;
  fromFiles(name: string): Flow | undefined;
};

/** Keeps the loaded flows in the database, and brings back every version that was ever published there. */
export async function publishFlows(files: Flow[], now: Date): Promise<FlowLibrary> {
  for (const flow of files) await keepVersion(flow, { at: now });
  let versions = await offeredVersions(files);
  return {
    get: (name, version) => versions.get(name, version),
    names: () => versions.names(),
    offer: (flow) => versions.offer(flow),
    fromFiles: (name) => files.find((flow) => flow.name === name),
    refresh: async () => {
      versions = await offeredVersions(files);
    },
  };
}

export async function keepVersion(
  flow: Flow,
  { at, by, note }: { at: Date; by?: string; note?: string | undefined },
): Promise<void> {
  await FlowVersionModel.updateOne(
    { _id: `${flow.name}@${flow.version}` },
    {
      $setOnInsert: {
        name: flow.name,
        version: flow.version,
        publishedAt: at,
        flow: JSON.stringify(flow),
        ...(by && { by }),
        ...(note && { note }),
      },
    },
    { upsert: true },
  );
}

/** What was published in the console stands before the files, until it is rolled back. */
async function offeredVersions(files: Flow[]): Promise<Offered> {
  const kept = await FlowVersionModel.find({}).sort({ publishedAt: 1 }).lean();
  const all = kept.map((document) => JSON.parse(document.flow) as Flow);
  const heads = new Map((await FlowHeadModel.find({}).lean()).map(({ _id, version }) => [_id, version]));
  const current = files.map((flow) => {
    const head = heads.get(flow.name);
    return all.find(({ name, version }) => name === flow.name && version === head) ?? flow;
  });
  return flowVersions(current, all);
}
