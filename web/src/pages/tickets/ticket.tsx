/** A ticket's card: where it stands, what to do next, who it is from, and its log book. */
import { Select } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { TicketWithLog } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Phone } from '../../shared/lead-bits.tsx';
import { Panel } from '../../shared/page.tsx';
import { priorities } from '../../shared/priorities.ts';
import { useAct } from '../../shared/use-act.ts';
import { useTitle } from '../../shared/use-title.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { When } from '../../shared/when.tsx';
import { Priority } from './ticket-bits.tsx';
import { type TicketAction, TicketDialogs } from './ticket-dialogs.tsx';
import { TicketHead } from './ticket-head.tsx';
import { TicketLog } from './ticket-log.tsx';
import '../../styles/lead.css';
import '../../styles/tickets.css';

export default function TicketPage() {
  const { ticketId = '' } = useParams();
  const [action, setAction] = useState<TicketAction>();
  const { data: ticket, error, refetch } = useAsk('ticket.get', { ticketId });
  useTitle(ticket?.number);
  if (error && !ticket) return <Failure error={error} retry={() => void refetch()} />;
  if (!ticket) return <Waiting rows={12} />;
  return (
    <article className="page page-wide lead">
      <TicketHead ticket={ticket} onAction={setAction} />
      <div className="lead-body">
        <div className="lead-side">
          <About ticket={ticket} />
        </div>
        <div className="lead-main">
          <Panel id="what" title={ticket.kind === 'complaint' ? 'The complaint' : 'The case'}>
            <blockquote className="ticket-words" dir="auto">
              {ticket.description}
            </blockquote>
          </Panel>
          {ticket.solution && (
            <Panel
              id="solution"
              title={ticket.status === 'reopened' ? 'The solution that did not last' : 'The solution'}
            >
              <blockquote className="ticket-words" dir="auto">
                {ticket.solution}
              </blockquote>
            </Panel>
          )}
          <TicketLog ticket={ticket} />
        </div>
      </div>
      <TicketDialogs ticket={ticket} action={action} onClose={() => setAction(undefined)} />
    </article>
  );
}

function About({ ticket }: { ticket: TicketWithLog }) {
  return (
    <Panel id="about" title="Particulars">
      <Facts
        facts={[
          ['Customer', ticket.name],
          ['Telephone', ticket.phone && <Phone value={ticket.phone} />],
          ['E-mail', ticket.email && <a href={`mailto:${ticket.email}`}>{ticket.email}</a>],
          ['Came by', <Origin key="origin" ticket={ticket} />],
          ['About', [ticket.categoryLabel, ticket.product].filter(Boolean).join(' · ')],
          ['Priority', <ChangePriority key="priority" ticket={ticket} />],
          ['With', ticket.assigneeName ?? 'Nobody yet'],
          ['Resolved', ticket.resolvedAt && <When at={ticket.resolvedAt} />],
        ]}
      />
    </Panel>
  );
}

function Origin({ ticket: { conversationId, channel } }: { ticket: TicketWithLog }) {
  if (!conversationId) return 'A colleague';
  return <Link to={`/inbox/${conversationId}`}>{channel ? channelLabel(channel) : 'Conversation'}</Link>;
}

function ChangePriority({ ticket }: { ticket: TicketWithLog }) {
  const { may } = useSession();
  const { act, busy } = useAct('ticket.setPriority', ({ ticket: changed }) => `${changed.priorityLabel}.`);
  const active = ticket.status !== 'resolved' && ticket.status !== 'closed';
  if (!active || !may('ticket.setPriority')) return <Priority ticket={ticket} />;
  return (
    <Select
      size="small"
      aria-label="Priority"
      value={ticket.priority}
      loading={busy}
      options={[...priorities]}
      style={{ width: 110 }}
      onChange={(priority) => void act({ ticketId: ticket.id, priority })}
    />
  );
}
