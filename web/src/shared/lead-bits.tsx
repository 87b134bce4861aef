/** How a lead's facts look wherever they are shown. */
import { FireFilled } from '@ant-design/icons';
import type { Lead, Verdict } from '../api/operations.ts';
import { grouped } from './phone.ts';
import { When } from './when.tsx';

/** The reason of a lost lead on hover: on its card it stands in full. */
export const StageTag = ({
  lead,
}: {
  lead: Pick<Lead, 'stage' | 'stageLabel' | 'stageKind' | 'lostReasonLabel'>;
}) => (
  <span className="stage" data-kind={lead.stageKind} data-stage={lead.stage} title={lead.lostReasonLabel}>
    {lead.stageLabel}
  </span>
);

export const Hot = () => (
  <span className="hot" title="Hot: from the website or Google" role="img" aria-label="Hot lead">
    <FireFilled aria-hidden />
  </span>
);

export const LeadName = ({ lead }: { lead: Pick<Lead, 'name' | 'number' | 'hot'> }) => (
  <span className="lead-name">
    <strong>{lead.name}</strong> <span className="number">#{lead.number}</span> {lead.hot && <Hot />}
  </span>
);

export const verdictWords: Record<Verdict, string> = {
  new: 'New',
  reengaged: 'Re-engaged',
  duplicate: 'Duplicate',
  junk: 'Junk',
};
export const VerdictTag = ({ verdict }: { verdict: Verdict }) => (
  <span className="verdict" data-verdict={verdict}>
    {verdictWords[verdict]}
  </span>
);

export const Phone = ({ value }: { value?: string }) =>
  value ? (
    <a className="phone" href={`tel:${value}`} onClick={(event) => event.stopPropagation()}>
      {grouped(value)}
    </a>
  ) : null;

export const Dash = () => <span className="none">–</span>;

/** Red when it has passed. */
export const FollowUp = ({ at }: { at?: string }) =>
  at ? (
    <span className={Date.parse(at) < Date.now() ? 'late' : undefined}>
      <When at={at} />
    </span>
  ) : (
    <Dash />
  );
