/** What is done with all leads that are chosen in the list. */
import { Button } from 'antd';
import { useState } from 'react';
import type { Lead } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { AssignAll, FollowUpAll, MoveAll } from './together-forms.tsx';

type Props = { leads: Lead[]; onChoose: (ids: string[]) => void };
const acts = [
  { needs: 'lead.assign', label: 'Assign', Form: AssignAll },
  { needs: 'lead.move', label: 'Move to a stage', Form: MoveAll },
  { needs: 'followup.set', label: 'Follow-up', Form: FollowUpAll },
] as const;

export function Together({ leads, onChoose }: Props) {
  const { may } = useSession();
  const [act, setAct] = useState<(typeof acts)[number]>();
  if (!leads.length) return null;
  return (
    <section className="together" aria-label="Leads that are chosen">
      <strong role="status">{leads.length === 1 ? 'One lead' : `${leads.length} leads`} chosen</strong>
      {acts
        .filter(({ needs }) => may(needs))
        .map((one) => (
          <Button key={one.label} size="small" onClick={() => setAct(one)}>
            {one.label}
          </Button>
        ))}
      <Button size="small" type="text" onClick={() => onChoose([])}>
        Choose none
      </Button>
      <Dialog
        open={act !== undefined}
        title={`${act?.label}: ${leads.length === 1 ? leads[0]?.name : `${leads.length} leads`}`}
        onClose={() => setAct(undefined)}
      >
        {act && (
          <act.Form
            leads={leads.map(({ id, name, number }) => ({ id, label: `${name} #${number}` }))}
            onDone={(left) => {
              setAct(undefined);
              onChoose(left);
            }}
          />
        )}
      </Dialog>
    </section>
  );
}
