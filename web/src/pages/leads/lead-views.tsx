import { useAsk } from '../../api/use-ask.ts';

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
  const items = data?.items ?? names.map(([name, label]) => ({ view: name, label, count: undefined }));
  return (
    <div className="views" role="tablist" aria-label="Views">
      {items.map((item) => (
        <button
          type="button"
          key={item.view}
          role="tab"
          aria-selected={item.view === view}
          className="view"
          data-alarm={item.view === 'missedFollowUp' && Boolean(item.count)}
          onClick={() => onChoose(item.view)}
        >
          <span>{item.label}</span>
          <strong>{item.count ?? '·'}</strong>
        </button>
      ))}
    </div>
  );
}
