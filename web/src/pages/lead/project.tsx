/** Of which project a lead is; whoever may assign leads puts it into another. */
import { Select } from 'antd';
import type { Lead } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';

export function useProjects() {
  return useAsk('project.list', {}, { keep: true }).data?.items ?? [];
}

export function ProjectOf({ lead }: { lead: Lead }) {
  const { may } = useSession();
  const projects = useProjects();
  const { act, busy } = useAct('lead.place', ({ lead: placed }) =>
    placed.projectId === lead.projectId ? 'Nothing changed.' : `With ${placed.assigneeName ?? 'nobody yet'}.`,
  );
  if (!may('lead.place')) return projects.find(({ id }) => id === lead.projectId)?.name ?? '–';
  return (
    <Select
      size="small"
      allowClear
      style={{ width: '100%', maxWidth: 240 }}
      aria-label="Project"
      placeholder="None"
      value={lead.projectId}
      loading={busy}
      disabled={busy}
      options={projects
        .filter(({ id, active }) => active || id === lead.projectId)
        .map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(projectId?: string) => void act({ leadId: lead.id, projectId: projectId ?? null })}
    />
  );
}
