import { Button, Skeleton } from 'antd';
import { DemoRow } from '../../actions/demo-row.tsx';
import type { Lead } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';

export function Demos({ lead, onBook }: { lead: Lead; onBook: () => void }) {
  const { may } = useSession();
  const { data } = useAsk('appointment.list', { leadId: lead.id, limit: 20 });
  const items = data?.items;
  return (
    <Panel
      id="lead-demos"
      title="Demos"
      actions={
        may('appointment.book') && (
          <Button size="small" onClick={onBook}>
            Book
          </Button>
        )
      }
    >
      {!items ? (
        <Skeleton active className="panel-loading" />
      ) : items.length ? (
        [...items].reverse().map((demo) => <DemoRow key={demo.id} demo={demo} />)
      ) : (
        <Nothing title="No demo yet" />
      )}
    </Panel>
  );
}
