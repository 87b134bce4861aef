/** The two sides of the knowledge base: what is written, and what was asked in vain. */
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { ViewTabs } from '../../shared/view-tabs.tsx';

type View = 'entries' | 'questions';

export function KnowledgeTabs({ chosen, entries }: { chosen: View; entries?: number }): ReactNode {
  const { may } = useSession();
  const navigate = useNavigate();
  const asks = may('knowledge.questions');
  const { data } = useAsk('knowledge.questions', {}, { enabled: asks, keep: true });
  const list = useAsk('knowledge.list', { limit: 1 }, { enabled: entries === undefined });
  if (!asks) return null;
  const written = entries ?? list.data?.counts.published;
  return (
    <ViewTabs<View>
      chosen={chosen}
      alarm="questions"
      items={[
        { view: 'entries', label: 'Answers', count: written },
        { view: 'questions', label: 'Asked in vain', count: data?.counts.open },
      ]}
      onChoose={(view) => navigate(view === 'entries' ? '/knowledge' : '/knowledge/questions')}
    />
  );
}
