/** What is to be done today, and done here: missed ones first, to be brought to 0. */

import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { day, toLocalInput } from '../../shared/time.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { useMinute } from '../../shared/when.tsx';
import { TaskPanel } from '../tasks/task-panel.tsx';
import { DayLead } from './day-lead.tsx';
import { DemosToday } from './demos-today.tsx';
import { FirstSteps } from './first-steps.tsx';
import { WaitingTalks } from './waiting-talks.tsx';
import '../../styles/my-day.css';

export default function MyDay() {
  useMinute();
  const { user, may } = useSession();
  const { data, error, refetch } = useAsk('lead.today', {}, { keep: true });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting rows={10} />;
  const { counts } = data;
  const open = counts.missed + counts.due + counts.notAttempted;

  return (
    <Page
      name="My day"
      title={`${greeting()}, ${user.name.split(' ')[0]}`}
      note={open ? `${day(Date.now())}: ${summary(counts)}.` : 'Nothing is waiting for you.'}
    >
      {may('user.create') && <FirstSteps />}
      <div className="my-day">
        <div>
          <Panel
            id="missed"
            title="Missed follow-ups"
            count={counts.missed}
            tone={counts.missed ? 'missed' : undefined}
          >
            {data.missed.length ? (
              data.missed.map((lead) => <DayLead key={lead.id} lead={lead} />)
            ) : (
              <Nothing title="None missed" hint="That is how it should be." />
            )}
          </Panel>
          <Panel id="due" title="Today’s follow-ups" count={counts.due}>
            {data.due.length ? (
              data.due.map((lead) => <DayLead key={lead.id} lead={lead} />)
            ) : (
              <Nothing
                title="No more follow-ups today"
                hint="When you log a call, set the next follow-up with it: it appears here on its day."
              />
            )}
          </Panel>
          <Panel
            id="new"
            title="New leads, not attempted"
            count={counts.notAttempted}
            tone={counts.notAttempted ? 'waits' : undefined}
          >
            {data.notAttempted.length ? (
              data.notAttempted.map((lead) => <DayLead key={lead.id} lead={lead} />)
            ) : (
              <Nothing
                title="Every lead was attempted"
                hint="New enquiries appear here the moment they come in."
              />
            )}
          </Panel>
        </div>
        <div>
          <DemosToday />
          <TaskPanel id="my-tasks" title="My tasks" input={{ view: 'mine' }} empty="No task waits for you" />
          {may('conversation.takeOver') && <WaitingTalks />}
        </div>
      </div>
    </Page>
  );
}

const plural = (count: number, one: string, many: string) =>
  count ? [`${count} ${count === 1 ? one : many}`] : [];
const summary = ({
  missed,
  due,
  notAttempted,
  demos,
}: {
  missed: number;
  due: number;
  notAttempted: number;
  demos: number;
}) =>
  [
    ...plural(missed, 'missed', 'missed'),
    ...plural(due, 'follow-up', 'follow-ups'),
    ...plural(notAttempted, 'new lead', 'new leads'),
    ...plural(demos, 'demo', 'demos'),
  ].join(', ');

function greeting(): string {
  const hour = Number(toLocalInput(Date.now()).slice(11, 13));
  return hour < 12 ? 'Good morning' : hour < 17 ? 'Good afternoon' : 'Good evening';
}
