import { useAsk } from '../api/use-ask.ts';
import { useSession } from '../session/session.tsx';

/** The two counts that should come to 0: conversations waiting for a person, follow-ups that were missed. */
export function useBadges(): { waiting: number; missed: number } {
  const { may } = useSession();
  const waiting = useAsk(
    'conversation.list',
    { waiting: true, limit: 1 },
    { enabled: may('conversation.takeOver'), keep: true },
  );
  const views = useAsk('lead.views', {}, { enabled: may('lead.move'), keep: true });
  return {
    waiting: waiting.data?.total ?? 0,
    missed: views.data?.items.find(({ view }) => view === 'missedFollowUp')?.count ?? 0,
  };
}
