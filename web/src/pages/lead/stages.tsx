import type { Lead } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { useChoices } from '../../shared/use-choices.ts';

type Stage = { key: string; label: string };

/** The pipeline as steps; those that the lead may go to now can be pressed. */
export function Stages({ lead, onMove }: { lead: Lead; onMove: (stage: Stage) => void }) {
  const { stages } = useChoices();
  const { may } = useSession();
  const at = stages.findIndex(({ key }) => key === lead.stage);
  const shown = stages.length
    ? stages
    : [
        { key: lead.stage, label: lead.stageLabel, kind: lead.stageKind, when: undefined },
        ...lead.nextStages.map((stage) => ({ ...stage, kind: 'open' as const, when: undefined })),
      ];
  return (
    <ol className="stages" aria-label="Stage">
      {shown.map((stage, index) => {
        const current = stage.key === lead.stage;
        const next = may('lead.move') && lead.nextStages.some(({ key }) => key === stage.key);
        return (
          <li
            key={stage.key}
            data-kind={stage.kind}
            data-current={current}
            data-passed={lead.stageKind === 'open' && index < at}
            aria-current={current ? 'step' : undefined}
          >
            <button type="button" disabled={!next} title={stage.when} onClick={() => onMove(stage)}>
              {current ? lead.stageLabel : stage.label}
              {current && lead.lostReasonLabel && <small>{lead.lostReasonLabel}</small>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
