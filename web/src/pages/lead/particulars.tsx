import { Button } from 'antd';
import { Link } from 'react-router';
import type { LeadAction } from '../../actions/lead-dialogs.tsx';
import type { Lead } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Facts } from '../../shared/facts.tsx';
import { identityWords } from '../../shared/identity.ts';
import { Phone } from '../../shared/lead-bits.tsx';
import { Panel } from '../../shared/page.tsx';
import { ProjectOf, useProjects } from './project.tsx';

export function Particulars({ lead, onAction }: { lead: Lead; onAction: (action: LeadAction) => void }) {
  const { may } = useSession();
  const { data: contact } = useAsk('contact.get', { contactId: lead.contactId });
  const projects = useProjects();
  const others =
    contact?.identities.filter(({ value }) => value !== lead.phone && value !== lead.email) ?? [];
  return (
    <Panel
      id="particulars"
      title="Particulars"
      actions={
        may('lead.update') && (
          <Button size="small" onClick={() => onAction({ kind: 'edit' })}>
            Edit
          </Button>
        )
      }
    >
      <Facts
        facts={[
          ['Telephone', lead.phone && <Phone value={lead.phone} />],
          ['E-mail', lead.email && <a href={`mailto:${lead.email}`}>{lead.email}</a>],
          ['Looking for', lead.product],
          ['Quantity', lead.quantity],
          ['Budget', lead.budget],
          ['City', lead.city],
          ['Kind', [lead.industry, lead.segment, lead.size].filter(Boolean).join(' · ')],
          ['Source', [lead.source, lead.medium, lead.campaign].filter(Boolean).join(' · ')],
          ['With', lead.assigneeName ?? 'Nobody yet'],
          ['Project', (lead.projectId || projects.length > 0) && <ProjectOf lead={lead} />],
          ['Seen by', may('user.access') && <Link to={`/access/Lead/${lead.id}`}>Who, and why</Link>],
          [
            'Changed by',
            may('audit.list') && <Link to={`/settings/audit?record=${lead.id}`}>Who, and what</Link>,
          ],
          [
            'Known as',
            others.length
              ? [
                  ...others.map((identity) => (
                    <div key={identity.scheme + identity.value}>{identityWords(identity)}</div>
                  )),
                  may('contact.split') && (
                    <Link key="split" to={`/duplicates/split/${lead.contactId}`}>
                      Two people? Split
                    </Link>
                  ),
                ]
              : undefined,
          ],
        ]}
      />
    </Panel>
  );
}
