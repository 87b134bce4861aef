/** Projects: whose customers are a matter of the project, not of where its people are otherwise. */
import { z } from 'zod';
import { fitsAll } from '../../core/criteria.ts';
import { defineCommand, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { ownerships } from './contract-teams.ts';

const values = z.array(text(120)).min(1).max(200).optional();
/** Which enquiries are of a project; without any, leads are put into it by hand. */
const when = z.object({
  source: values,
  product: values,
  city: values,
  campaign: values,
  industry: values,
  segment: values,
  size: values,
});
export type ProjectFacts = Partial<Record<keyof z.output<typeof when>, string | undefined>>;

export const projectView = z.object({
  id: z.string(),
  name: z.string(),
  ownership: z.enum(ownerships),
  when,
  memberIds: z.array(z.string()),
  /** An ended one takes no more leads; those that it has stay in it. */
  active: z.boolean(),
});
export type ProjectView = z.output<typeof projectView>;

const fields = {
  name: text(80),
  ownership: z.enum(ownerships),
  when,
  memberIds: z.array(z.string()).max(500),
};

export const createProject = defineCommand({
  name: 'project.create',
  summary: 'Add a project: its people, whose its customers are, which enquiries it takes',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({
    name: fields.name,
    ownership: fields.ownership.default('role'),
    when: when.default({}),
    memberIds: fields.memberIds.default([]),
  }),
  output: z.object({ project: projectView }),
});
export const updateProject = defineCommand({
  name: 'project.update',
  summary:
    'Change a project: its people, whose its customers are, which enquiries it takes; effective at once',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({
    projectId: z.string(),
    name: fields.name.optional(),
    ownership: fields.ownership.optional(),
    when: when.optional(),
    memberIds: fields.memberIds.optional(),
    active: z.boolean().optional(),
  }),
  output: z.object({ project: projectView }),
});
export const listProjects = defineQuery({
  name: 'project.list',
  summary: 'Projects, with their people',
  permission: 'signed-in',
  path: '/projects',
  input: z.object({}),
  output: z.object({ items: z.array(projectView) }),
});

/** Of which a lead is: the first whose conditions all fit; one without conditions takes only what is put into it. */
export const projectFor = (projects: ProjectView[], facts: ProjectFacts): ProjectView | undefined =>
  projects.find(({ active, when }) => active && Object.values(when).some(Boolean) && fitsAll(when, facts));
