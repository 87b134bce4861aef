/** Calls: a session that hands out one lead after another, those that nobody took, all of them, and whose lines are whose. */
import { useSearchParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Page } from '../../shared/page.tsx';
import { ViewTabs } from '../../shared/view-tabs.tsx';
import { AllCalls } from './all-calls.tsx';
import { Lines } from './lines.tsx';
import { Missed } from './missed.tsx';
import { Session } from './session.tsx';
import '../../styles/leads.css';
import '../../styles/calls.css';

type View = 'session' | 'missed' | 'all' | 'lines';

export default function Calls() {
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const missed = useAsk('call.missed', { limit: 1 }, { keep: true });
  const all = useAsk('call.list', { limit: 1 }, { keep: true });
  const lines = useAsk('line.list', {}, { keep: true, enabled: may('line.give') });
  const view = (search.get('view') ?? 'session') as View;
  return (
    <Page title="Calls" note="Who rang us comes first, then what is due, then who is new.">
      <ViewTabs<View>
        chosen={view}
        alarm="missed"
        onChoose={(chosen) => setSearch(chosen === 'session' ? {} : { view: chosen }, { replace: true })}
        items={[
          { view: 'session', label: 'Calling session' },
          { view: 'missed', label: 'Missed calls', count: missed.data?.total },
          { view: 'all', label: 'All calls', count: all.data?.total },
          ...(may('line.give')
            ? [{ view: 'lines' as const, label: 'Lines', count: lines.data?.items.length }]
            : []),
        ]}
      />
      {view === 'session' && <Session />}
      {view === 'missed' && <Missed />}
      {view === 'all' && <AllCalls />}
      {view === 'lines' && may('line.give') && <Lines />}
    </Page>
  );
}
