import type { Context } from '../../core/context.ts';
import { listProjects, type ProjectView } from '../staff/contract.ts';

export const projectsNow = async (ctx: Context): Promise<ProjectView[]> =>
  (await ctx.once('leads.projects', () => ctx.asSystem('leads').ask(listProjects, {}))).items;
