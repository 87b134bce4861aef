/** Teams: whose the customers of each are. */
import { Select } from 'antd';
import type { Output, User } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';

type Team = Output<'team.list'>['items'][number];
export const policies = [
  { value: 'role', label: 'as far as each one’s role reaches' },
  { value: 'shared', label: 'shared: everybody in it works all of them' },
  { value: 'apart', label: 'apart: each owns theirs, none is shared' },
];

export function Teams({ teams, users }: { teams: Team[]; users: User[] }) {
  const columns: Column<Team>[] = [
    { key: 'name', title: 'Team', card: 'title', width: '26%', render: ({ name }) => name },
    {
      key: 'people',
      title: 'People',
      width: '14%',
      render: ({ id }) => users.filter(({ active, teamIds }) => active && teamIds.includes(id)).length,
    },
    { key: 'ownership', title: 'Its customers are', render: (team) => <Policy team={team} /> },
  ];
  return (
    <Panel id="teams" title="Teams" count={teams.length}>
      <Records<Team>
        label="Teams"
        columns={columns}
        items={teams}
        empty={
          <Nothing
            title="No teams"
            hint="A team is added where a colleague is: under Edit, Teams. A branch is one."
          />
        }
      />
    </Panel>
  );
}

function Policy({ team }: { team: Team }) {
  const { may } = useSession();
  const { act, busy } = useAct(
    'team.update',
    ({ team: changed }) => `${changed.name} is changed, for everybody now.`,
  );
  return (
    <Select
      size="small"
      aria-label={`Customers of ${team.name}`}
      style={{ width: '100%', maxWidth: 340 }}
      disabled={!may('team.update')}
      loading={busy}
      value={team.ownership}
      options={policies}
      onChange={(ownership) => void act({ id: team.id, ownership: ownership as Team['ownership'] })}
    />
  );
}
