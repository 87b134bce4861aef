/** Where flows are worked on: drafts over what is offered, versions in the database, a stage to try them on. */
import { AppError } from '../../core/errors.ts';
import type { FlowWorkshop, Which } from '../../domain/flows/contract.ts';
import { flowCommands } from '../catalogue.ts';
import type { Flow } from '../definition.ts';
import { FlowDraftModel, FlowHeadModel, FlowVersionModel } from '../model.ts';
import { type FlowLibrary, keepVersion } from '../versions.ts';
import { type Change, changed } from './assemble.ts';
import { compare } from './compare.ts';
import { viewOf } from './graph.ts';
import { playOut, type Stage } from './play.ts';

export function createWorkshop(library: FlowLibrary, stage: Stage): FlowWorkshop {
  const offered = (name: string): Flow => library.get(name) ?? missing(name);
  const products = stage.app.organisation.products.map(({ name }) => name);
  const all = () => library.names().map(offered);
  const options = () => ({
    commands: flowCommands,
    locales: ['en', 'hi'],
    flows: new Set(library.names()),
  });

  async function draftOf(name: string): Promise<{ flow: Flow; faults: string[]; at?: Date; by?: string }> {
    const base = offered(name);
    const draft = await FlowDraftModel.findById(name).lean();
    if (!draft) return { flow: base, faults: [] };
    return { ...changed(base, changeOf(draft), options()), at: draft.at, by: draft.by };
  }
  async function pick(name: string, which: Which): Promise<{ flow: Flow; faults: string[] }> {
    if ('draft' in which) return draftOf(name);
    const { version } = which;
    if (version === undefined) return { flow: offered(name), faults: [] };
    const kept = await FlowVersionModel.findById(`${name}@${version}`).lean();
    return kept ? { flow: JSON.parse(kept.flow) as Flow, faults: [] } : missing(`${name}@${version}`);
  }
  async function offer(name: string, version: string, by: { name: string; at: Date }): Promise<void> {
    // The files' own version needs no pointer: it is offered, and so is its successor when the files change.
    if (version === library.fromFiles(name)?.version) await FlowHeadModel.deleteOne({ _id: name });
    else
      await FlowHeadModel.updateOne(
        { _id: name },
        { $set: { version, at: by.at, by: by.name } },
        { upsert: true },
      );
  }

  return {
    async list() {
      return Promise.all(
        library.names().map(async (name) => {
          const flow = offered(name);
          const files = library.fromFiles(name)?.version;
          const { at, by, faults } = await draftOf(name);
          return {
            name,
            title: flow.title,
            version: flow.version,
            steps: flow.steps.length,
            locales: Object.keys(flow.texts),
            source: flow.version === files ? ('files' as const) : ('published' as const),
            ...(files && files !== flow.version && { filesVersion: files }),
            ...(at && { draft: { at: at.toISOString(), by: by ?? '', faults: faults.length } }),
            begins: name === stage.app.bot.flow,
          };
        }),
      );
    },
    async get(name, which) {
      const { flow, faults } = await pick(name, which);
      return { view: viewOf(flow, products), faults };
    },
    async versions(name) {
      const now = offered(name).version;
      const kept = await FlowVersionModel.find({ name }, { flow: 0 })
        .sort({ publishedAt: -1 })
        .limit(200)
        .lean();
      return kept.map(({ version, publishedAt, by, note }) => ({
        version,
        publishedAt: publishedAt.toISOString(),
        source: by ? ('published' as const) : ('files' as const),
        offered: version === now,
        ...(by && { by }),
        ...(note && { note }),
      }));
    },
    async compare(name, from, to) {
      const [before, after] = [await pick(name, from), await pick(name, to)];
      return compare(before.flow, after.flow);
    },
    async saveDraft(name, change, { name: by, at }) {
      const base = offered(name);
      const known = await FlowDraftModel.findById(name).lean();
      const texts = merged(known ? (changeOf(known).texts ?? {}) : {}, change.texts ?? {});
      const structure = change.structure ?? known?.structure;
      await FlowDraftModel.updateOne(
        { _id: name },
        { $set: { texts: JSON.stringify(texts), at, by, ...(structure !== undefined && { structure }) } },
        { upsert: true },
      );
      return changed(base, { texts, ...(structure !== undefined && { structure }) }, options()).faults;
    },
    async dropDraft(name) {
      await FlowDraftModel.deleteOne({ _id: offered(name).name });
    },
    async publish(name, { name: by, at, note }) {
      const from = offered(name).version;
      const { flow, faults } = await draftOf(name);
      if (faults.length) throw new AppError('input.invalid', { problems: faults.join('; ') });
      await keepVersion(flow, { at, by, note });
      await offer(name, flow.version, { name: by, at });
      await FlowDraftModel.deleteOne({ _id: name });
      return { from, version: flow.version, offer: () => library.offer(flow) };
    },
    async rollBack(name, version, by) {
      const from = offered(name).version;
      const { flow } = await pick(name, { version });
      await offer(name, version, by);
      return { from, version, offer: () => library.offer(flow) };
    },
    refresh: () => library.refresh(),
    preview: stage.preview,
    async play(name, which, play) {
      const { flow } = await pick(name, which);
      return playOut(flow, all(), play, stage);
    },
  };
}

const missing = (id: string): never => {
  throw new AppError('record.not_found', { kind: 'flow', id });
};

const changeOf = ({ texts, structure }: { texts: string; structure?: string | undefined }): Change => ({
  texts: JSON.parse(texts) as Record<string, Record<string, string[]>>,
  ...(structure !== undefined && { structure }),
});

/** An empty list takes the change of that text back. */
function merged(
  known: Record<string, Record<string, string[]>>,
  change: Record<string, Record<string, string[]>>,
): Record<string, Record<string, string[]>> {
  const result = structuredClone(known);
  for (const [locale, texts] of Object.entries(change)) {
    const own = { ...result[locale], ...texts };
    result[locale] = Object.fromEntries(Object.entries(own).filter(([, wordings]) => wordings.length));
  }
  return result;
}
