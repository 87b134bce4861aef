import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { userChanged } from '../contract.ts';
import { createProject, listProjects, type ProjectView, updateProject } from '../contract-projects.ts';
import { type ProjectDocument, ProjectModel, UserModel } from '../model.ts';

export const createProjectHandler = handles(createProject, async (ctx, { memberIds, ...fields }) => {
  await mustBeFree(fields.name);
  const project: ProjectDocument = { _id: ctx.id(), active: true, ...fields };
  await ProjectModel.create([project]);
  await setMembers(ctx, project._id, [], await known(memberIds));
  const view = viewOf(project, memberIds);
  ctx.audit({
    kind: 'Setting',
    id: `project:${project._id}`,
    after: view,
    text: `added the project ${fields.name}`,
    undo: { command: updateProject.name, input: { projectId: project._id, active: false } },
  });
  return { project: view };
});

export const updateProjectHandler = handles(
  updateProject,
  async (ctx, { projectId, memberIds, ...fields }) => {
    const found = await ProjectModel.findById(projectId).lean<ProjectDocument>();
    if (!found) throw new AppError('record.not_found', { kind: 'project', id: projectId });
    if (fields.name && fields.name !== found.name) await mustBeFree(fields.name);
    const had = (await UserModel.find({ projectIds: projectId }, { _id: 1 }).lean()).map(({ _id }) => _id);
    const before = viewOf(found, had);
    const after: ProjectView = {
      ...before,
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      ...(memberIds && { memberIds: await known(memberIds) }),
    };
    const { id: _, memberIds: members, ...kept } = after;
    await ProjectModel.updateOne({ _id: projectId }, { $set: kept });
    await setMembers(ctx, projectId, had, members);
    ctx.audit({
      kind: 'Setting',
      id: `project:${projectId}`,
      before,
      after,
      text: `changed the project ${after.name}`,
      undo: { command: updateProject.name, input: { projectId, ...withoutId(before) } },
    });
    return { project: after };
  },
);

/** Whoever is in it by the record of each colleague: so that who they are is one read. */
export const listProjectsHandler = handles(listProjects, async () => {
  const projects = await ProjectModel.find().sort({ name: 1 }).lean<ProjectDocument[]>();
  const people = projects.length
    ? await UserModel.find({ 'projectIds.0': { $exists: true } }, { projectIds: 1 }).lean()
    : [];
  return {
    items: projects.map((project) =>
      viewOf(
        project,
        people.filter(({ projectIds }) => projectIds?.includes(project._id)).map(({ _id }) => _id),
      ),
    ),
  };
});

async function setMembers(ctx: Context, projectId: string, had: string[], wanted: string[]): Promise<void> {
  const added = wanted.filter((id) => !had.includes(id));
  const gone = had.filter((id) => !wanted.includes(id));
  await UserModel.updateMany({ _id: { $in: added } }, { $addToSet: { projectIds: projectId } });
  await UserModel.updateMany({ _id: { $in: gone } }, { $pull: { projectIds: projectId } });
  for (const userId of [...added, ...gone]) ctx.emit(userChanged, { userId }, { kind: 'User', id: userId });
}

async function known(ids: string[]): Promise<string[]> {
  const wanted = [...new Set(ids)];
  const found = new Set(
    (await UserModel.find({ _id: { $in: wanted } }, { _id: 1 }).lean()).map(({ _id }) => _id),
  );
  const missing = wanted.find((id) => !found.has(id));
  if (missing !== undefined) throw new AppError('record.not_found', { kind: 'colleague', id: missing });
  return wanted;
}

async function mustBeFree(name: string): Promise<void> {
  if (await ProjectModel.exists({ name }))
    throw new AppError('record.duplicate', { kind: 'project', field: 'name' });
}

const viewOf = (
  { _id, name, ownership, when, active }: ProjectDocument,
  memberIds: string[],
): ProjectView => ({
  id: _id,
  name,
  ownership,
  when,
  memberIds,
  active,
});
const withoutId = ({ id: _, ...rest }: ProjectView) => rest;
