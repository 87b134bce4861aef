import { Skeleton } from 'antd';
import { DemoRow } from '../../actions/demo-row.tsx';
import { useAsk } from '../../api/use-ask.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { dayKey, fromLocalInput } from '../../shared/time.ts';

export function DemosToday() {
  const today = dayKey(Date.now());
  const { data } = useAsk(
    'appointment.list',
    { from: fromLocalInput(`${today}T00:00`), to: fromLocalInput(`${today}T23:59`), limit: 50 },
    { keep: true },
  );
  const items = data?.items.filter(({ status }) => status !== 'cancelled');
  return (
    <Panel id="demos" title="Demos today" count={items?.length}>
      {!items ? (
        <Skeleton active className="panel-loading" />
      ) : items.length ? (
        items.map((demo) => <DemoRow key={demo.id} demo={demo} withLead clockOnly />)
      ) : (
        <Nothing
          title="No demo today"
          hint="Book one from a lead; the client, you and the manager are reminded."
        />
      )}
    </Panel>
  );
}
