import { useAsk } from '../../api/use-ask.ts';
import { ViewTabs } from '../../shared/view-tabs.tsx';

const names = [
  ['all', 'All Leads'],
  ['hot', 'Hot Leads'],
  ['previousMonth', 'Previous Month Leads'],
  ['notAttempted', 'Not Attempted Leads'],
  ['lost', 'Lost Leads'],
  ['todayFollowUp', 'Today’s Follow Up'],
  ['missedFollowUp', 'Missed Follow Up'],
] as const;

/** The named views with their counts; missed follow-ups stand out until they are 0. */
export function LeadViews({ view, onChoose }: { view: string; onChoose: (view: string) => void }) {
  const { data } = useAsk('lead.views', {}, { keep: true });
  return (
    <ViewTabs items={data?.items} names={names} chosen={view} onChoose={onChoose} alarm="missedFollowUp" />
  );
}
