/** What can be done with a lead in a dialogue; a screen holds which one is open. Their code comes with the first. */
import { lazy, Suspense, useState } from 'react';
import type { Lead } from '../api/operations.ts';
import type { CallOutcome } from './call-outcomes.ts';

export type LeadAction =
  | { kind: 'call'; outcome?: CallOutcome }
  | { kind: 'followUp' | 'demo' | 'assign' | 'note' | 'edit' }
  | { kind: 'move'; stage: { key: string; label: string } };

const AllLeadDialogs = lazy(() => import('./all-lead-dialogs.tsx'));

type Props = { lead: Lead; action: LeadAction | undefined; onClose: () => void };

export function LeadDialogs(props: Props) {
  const [wanted, setWanted] = useState(false);
  if (props.action && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <AllLeadDialogs {...props} />
    </Suspense>
  );
}
