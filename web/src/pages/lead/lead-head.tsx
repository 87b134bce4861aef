import {
  CalendarOutlined,
  ClockCircleOutlined,
  EditOutlined,
  PhoneOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { LeadAction } from '../../actions/lead-dialogs.tsx';
import { QuickCall } from '../../actions/quick-call.tsx';
import type { Lead } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { FollowUp, Hot, Phone, VerdictTag } from '../../shared/lead-bits.tsx';
import { When } from '../../shared/when.tsx';

export function LeadHead({ lead, onAction }: { lead: Lead; onAction: (action: LeadAction) => void }) {
  const { may } = useSession();
  return (
    <header className="lead-head">
      <div className="lead-title">
        <h1>
          {lead.name} <span className="number">#{lead.number}</span> {lead.hot && <Hot />}
        </h1>
        <p>
          <VerdictTag verdict={lead.verdict} />
          {lead.phone && (
            <span>
              <PhoneOutlined aria-hidden /> <Phone value={lead.phone} />
            </span>
          )}
          <span>
            Came in <When at={lead.createdAt} /> by {lead.source}
          </span>
          <span>
            Follow-up: <FollowUp at={lead.followUpAt} />
          </span>
        </p>
      </div>
      <div className="lead-do">
        <QuickCall lead={lead} onAsk={(outcome) => onAction({ kind: 'call', outcome })} />
        <div className="lead-buttons">
          {may('followup.set') && (
            <Button icon={<ClockCircleOutlined aria-hidden />} onClick={() => onAction({ kind: 'followUp' })}>
              Follow-up
            </Button>
          )}
          {may('appointment.book') && (
            <Button icon={<CalendarOutlined aria-hidden />} onClick={() => onAction({ kind: 'demo' })}>
              Demo
            </Button>
          )}
          {may('note.add') && (
            <Button icon={<EditOutlined aria-hidden />} onClick={() => onAction({ kind: 'note' })}>
              Note
            </Button>
          )}
          {(may('lead.assign') || may('lead.handOff')) && (
            <Button icon={<SwapOutlined aria-hidden />} onClick={() => onAction({ kind: 'assign' })}>
              {may('lead.assign') ? 'Assign' : 'Hand over'}
            </Button>
          )}
        </div>
      </div>
    </header>
  );
}
