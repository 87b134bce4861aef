import { ArrowLeftOutlined, RobotOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { Conversation } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { ChannelIcon, channelLabel } from '../../shared/channel-icon.tsx';
import { StageTag } from '../../shared/lead-bits.tsx';
import { talkName } from '../../shared/talk-name.ts';
import { useAct } from '../../shared/use-act.ts';

/** Who it is, who answers, and the lead behind it. */
export function ThreadHead({ talk }: { talk: Conversation }) {
  const { may } = useSession();
  const handBack = useAct('conversation.handBack', 'The bot answers again.');
  return (
    <header className="thread-head">
      <Link to="/inbox" className="thread-back" aria-label="Back to the list">
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <ChannelIcon channel={talk.channel} />
      <div className="thread-who">
        <strong>{talkName(talk)}</strong>
        <span>
          {channelLabel(talk.channel)} ·{' '}
          {talk.mode === 'bot' ? 'the bot answers' : <Answerer id={talk.assigneeId} />}
        </span>
      </div>
      <LeadOf contactId={talk.contactId} />
      {talk.mode === 'human' && may('conversation.handBack') && (
        <Button
          size="small"
          icon={<RobotOutlined aria-hidden />}
          loading={handBack.busy}
          onClick={() => handBack.act({ conversationId: talk.id })}
        >
          Hand back
        </Button>
      )}
    </header>
  );
}

function Answerer({ id }: { id?: string }) {
  const { user } = useSession();
  const { data } = useAsk('user.assignees', {}, { enabled: id !== undefined && id !== user.id, keep: true });
  if (!id) return <>waiting for a person</>;
  return (
    <>
      {id === user.id
        ? 'you answer'
        : `${data?.items.find((person) => person.id === id)?.name ?? 'a colleague'} answers`}
    </>
  );
}

/** The newest lead of the contact, one press away. */
function LeadOf({ contactId }: { contactId?: string }) {
  const enquiries = useAsk('enquiry.list', { contactId, limit: 1 }, { enabled: contactId !== undefined });
  const leadId = enquiries.data?.items[0]?.leadId;
  const lead = useAsk('lead.get', { leadId: leadId ?? '' }, { enabled: leadId !== undefined });
  if (!lead.data) return null;
  return (
    <Link to={`/leads/${lead.data.id}`} className="thread-lead">
      <span className="number">#{lead.data.number}</span> <StageTag lead={lead.data} />
    </Link>
  );
}
