import { useAsk } from '../../api/use-ask.ts';
import { ViewTabs } from '../../shared/view-tabs.tsx';

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
  return <ViewTabs items={data?.items} names={names} chosen={view} onChoose={onChoose} alarm="overdue" />;
}
