import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { useChoices } from '../../shared/use-choices.ts';
import { LinkMobile } from './link-mobile.tsx';
import { LinkSlack } from './link-slack.tsx';
import { LinkedAccounts } from './linked-accounts.tsx';
import { MyNotices } from './my-notices.tsx';
import '../../styles/account.css';

export default function Account() {
  const { user, timezone } = useSession();
  const { roles } = useChoices();
  const teams = useAsk('team.list', {}, { enabled: user.teamIds.length > 0 });
  return (
    <Page title="My account">
      <Panel id="me" title={user.name}>
        <Facts
          facts={[
            ['E-mail', user.email],
            ['Role', roles.find(({ key }) => key === user.role)?.label ?? user.role],
            [
              'Teams',
              user.teamIds
                .map((id) => teams.data?.items.find((team) => team.id === id)?.name)
                .filter(Boolean)
                .join(', '),
            ],
            ['Times are shown in', timezone],
          ]}
        />
      </Panel>
      <Panel id="chat" title="Work from chat">
        <LinkedAccounts linked={user.linked} />
        <LinkSlack />
        <LinkMobile />
      </Panel>
      <Panel id="notices" title="Notices">
        <MyNotices />
      </Panel>
    </Page>
  );
}
