import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { createTeam, listTeams, type TeamView, updateTeam } from '../contract-teams.ts';
import { type TeamDocument, TeamModel } from '../model.ts';

export const createTeamHandler = handles(createTeam, async (ctx, { name }) => {
  await mustBeFree(name);
  const _id = ctx.id();
  await TeamModel.create([{ _id, name }]);
  ctx.audit({ kind: 'User', id: _id, after: { name }, text: `added the team ${name}` });
  return { id: _id };
});

export const updateTeamHandler = handles(updateTeam, async (ctx, { id, ...fields }) => {
  const team = await TeamModel.findById(id).lean();
  if (!team) throw new AppError('record.not_found', { kind: 'team', id });
  if (fields.name && fields.name !== team.name) await mustBeFree(fields.name);
  const before = viewOf(team);
  const after = { ...before, ...fields };
  const { name, ownership } = after;
  await TeamModel.updateOne({ _id: id }, { $set: { name, ownership } });
  ctx.audit({
    kind: 'Setting',
    id: `team:${id}`,
    before,
    after,
    text:
      before.ownership === ownership
        ? `renamed the team ${before.name} to ${name}`
        : `changed whose the customers of ${name} are`,
    undo: { command: updateTeam.name, input: { ...before } },
  });
  return { team: after };
});

export const listTeamsHandler = handles(listTeams, async () => ({
  items: (await TeamModel.find().sort({ name: 1 }).lean()).map(viewOf),
}));

async function mustBeFree(name: string): Promise<void> {
  if (await TeamModel.exists({ name }))
    throw new AppError('record.duplicate', { kind: 'team', field: 'name' });
}

const viewOf = ({ _id, name, ownership = 'role' }: TeamDocument): TeamView => ({ id: _id, name, ownership });
