/** Who else the client looks at: on the lead's card, the one that is ahead first. */
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { CompetitorDialog } from './competitor-dialog.tsx';
import '../../styles/tasks.css';

export type Offer = Output<'competitor.list'>['items'][number];

export function OnLead({ leadId }: { leadId: string }) {
  const { may } = useSession();
  const [editing, setEditing] = useState<Offer | 'new'>();
  const { data } = useAsk('competitor.list', { leadId }, { keep: true });
  const remove = useAct('competitor.remove', 'It is off this lead.');
  const mayChange = may('competitor.add');
  return (
    <Panel
      id="lead-competitors"
      title="Competitors"
      count={data?.items.length ?? 0}
      actions={
        mayChange && (
          <Button size="small" onClick={() => setEditing('new')}>
            Add
          </Button>
        )
      }
    >
      {data?.items.length ? (
        <ul className="task-list">
          {data.items.map((offer) => (
            <li key={offer.id}>
              <div className="task-line">
                <strong>{offer.competitor}</strong>
                <span>
                  {[offer.rank && `choice no. ${offer.rank}`, offer.product, offer.rates, offer.note]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </div>
              {mayChange && (
                <span>
                  <Button size="small" type="link" onClick={() => setEditing(offer)}>
                    Change
                  </Button>
                  <Popconfirm
                    title={`Take ${offer.competitor} off this lead?`}
                    onConfirm={() => void remove.act({ id: offer.id })}
                  >
                    <Button size="small" type="link" danger aria-label={`Remove ${offer.competitor}`}>
                      Remove
                    </Button>
                  </Popconfirm>
                </span>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Nothing title="No competitor is noted" />
      )}
      {editing && (
        <CompetitorDialog
          leadId={leadId}
          offer={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Panel>
  );
}
