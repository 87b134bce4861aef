import type { ReactNode } from 'react';
import { useSession } from '../../session/session.tsx';
import { Choice, Filters, Whose } from '../../shared/filters.tsx';
import { asIs, asOptions, useChoices } from '../../shared/use-choices.ts';
import type { Choose, Chosen } from '../../shared/use-filters.ts';
import { useProjects } from '../lead/project.tsx';

const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'lastActivity', label: 'Last activity' },
  { value: 'followUp', label: 'Next follow-up' },
];

type Props = { chosen: Chosen; onChange: Choose; end?: ReactNode };

export function LeadFilters({ end, ...at }: Props) {
  const { stages, sources } = useChoices();
  const { may } = useSession();
  const projects = useProjects();
  const sorted: Choose = ({ sort }) => at.onChange({ sort: sort === 'newest' ? undefined : sort });
  return (
    <Filters end={end} label="Search leads" placeholder="Name, phone, e-mail or #number" {...at}>
      <Choice name="stage" label="Stage" any="Any stage" options={asOptions(stages)} {...at} />
      {may('lead.assign') && <Whose {...at} />}
      <Choice name="source" label="Source" any="Any source" options={asIs(sources)} {...at} />
      {projects.length > 0 && (
        <Choice
          name="projectId"
          label="Project"
          any="Any project"
          options={projects.map(({ id, name }) => ({ value: id, label: name }))}
          {...at}
        />
      )}
      <Choice name="sort" label="Order" options={sorts} {...at} onChange={sorted} />
    </Filters>
  );
}
