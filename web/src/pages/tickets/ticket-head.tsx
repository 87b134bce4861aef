import { CheckOutlined, EditOutlined, SendOutlined, SwapOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Ticket } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';
import { Due, Priority, StatusTag } from './ticket-bits.tsx';
import type { TicketAction } from './ticket-dialogs.tsx';

type Props = { ticket: Ticket; onAction: (action: TicketAction) => void };

/** Where it stands, and what can be done next: only what its status allows. */
export function TicketHead({ ticket, onAction }: Props) {
  return (
    <header className="lead-head">
      <div className="lead-title">
        <h1>
          <span className="number">{ticket.number}</span> {ticket.subject}
        </h1>
        <p>
          <StatusTag ticket={ticket} />
          <Priority ticket={ticket} />
          {ticket.dueAt && (
            <span>
              {ticket.overdue ? 'Overdue since' : 'Due'} <Due ticket={ticket} />
            </span>
          )}
          <span>
            Opened <When at={ticket.openedAt} />
          </span>
        </p>
      </div>
      <Acts ticket={ticket} onAction={onAction} />
    </header>
  );
}

function Acts({ ticket, onAction }: Props) {
  const { may } = useSession();
  const move = useAct('ticket.move', ({ ticket: { statusLabel } }) => `${statusLabel}.`);
  const close = useAct('ticket.close', 'Closed.');
  const allows = (status: Ticket['status']) => ticket.nextStatuses.some(({ key }) => key === status);
  const active = ticket.status !== 'resolved' && ticket.status !== 'closed';
  if (!may('ticket.reply')) return null;
  return (
    <div className="lead-do lead-buttons">
      {allows('in-progress') && (
        <Button
          type="primary"
          loading={move.busy}
          onClick={() => void move.act({ ticketId: ticket.id, status: 'in-progress' })}
        >
          {ticket.status === 'waiting' ? 'Go on' : 'Start'}
        </Button>
      )}
      {active && (
        <Button icon={<SendOutlined aria-hidden />} onClick={() => onAction('reply')}>
          Reply
        </Button>
      )}
      {allows('resolved') && (
        <Button icon={<CheckOutlined aria-hidden />} onClick={() => onAction('resolve')}>
          Resolve
        </Button>
      )}
      {allows('reopened') && (
        <Button icon={<UndoOutlined aria-hidden />} onClick={() => onAction('reopen')}>
          Open again
        </Button>
      )}
      {!active && allows('closed') && (
        <Button loading={close.busy} onClick={() => void close.act({ ticketId: ticket.id })}>
          Close
        </Button>
      )}
      <Button icon={<EditOutlined aria-hidden />} onClick={() => onAction('note')}>
        Note
      </Button>
      {may('ticket.assign') && (
        <Button icon={<SwapOutlined aria-hidden />} onClick={() => onAction('assign')}>
          Give to
        </Button>
      )}
    </div>
  );
}
