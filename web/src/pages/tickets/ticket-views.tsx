import { useAsk } from '../../api/use-ask.ts';

const names = [
  ['open', 'Open'],
  ['mine', 'Mine'],
  ['overdue', 'Overdue'],
  ['waiting', 'Waiting for the customer'],
  ['resolved', 'Resolved'],
  ['all', 'All'],
] as const;

/** The named views with their counts; overdue ones stand out until they are 0. */
export function TicketViews({ view, onChoose }: { view: string; onChoose: (view: string) => void }) {
  const { data } = useAsk('ticket.views', {}, { keep: true });
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
          data-alarm={item.view === 'overdue' && Boolean(item.count)}
          onClick={() => onChoose(item.view)}
        >
          <span>{item.label}</span>
          <strong>{item.count ?? '·'}</strong>
        </button>
      ))}
    </div>
  );
}
