/** Colleagues: who they are, what they may do, whom they answer to, whether they are here. */
import { UserAddOutlined } from '@ant-design/icons';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import type { User } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';
import { useChoices } from '../../shared/use-choices.ts';
import { Projects } from './projects.tsx';
import { SettingsPage } from './settings-page.tsx';
import { Teams } from './teams.tsx';
import { UserDialog } from './user-dialog.tsx';

export default function Users() {
  const { data, error, refetch } = useAsk('user.list', {}, { keep: true });
  const teams = useAsk('team.list', {}, { keep: true });
  const { roles } = useChoices();
  const { may } = useSession();
  const [editing, setEditing] = useState<User | 'new'>();
  const names = new Map(data?.items.map(({ id, name }) => [id, name]));
  const teamNames = new Map(teams.data?.items.map(({ id, name }) => [id, name]));

  const columns: Column<User>[] = [
    {
      key: 'name',
      title: 'Name',
      card: 'title',
      width: '24%',
      render: ({ name, email }) => (
        <span className="stack">
          <strong>{name}</strong>
          <small className="clip">{email}</small>
        </span>
      ),
    },
    {
      key: 'role',
      title: 'Role',
      render: ({ role }) => roles.find(({ key }) => key === role)?.label ?? role,
    },
    {
      key: 'teams',
      title: 'Teams',
      render: ({ teamIds }) => teamIds.map((id) => teamNames.get(id) ?? id).join(', ') || '–',
    },
    {
      key: 'manager',
      title: 'Answers to',
      render: ({ managerId }) => (managerId ? (names.get(managerId) ?? '–') : '–'),
    },
    {
      key: 'linked',
      title: 'Chat',
      render: ({ linked }) =>
        linked.length ? (
          linked.map(({ channel, account, thread }) => (
            <ChannelIcon key={channel + account + thread} channel={channel} />
          ))
        ) : (
          <span className="none">not linked</span>
        ),
    },
    {
      key: 'absent',
      title: 'Here',
      render: (user) => (user.active ? <Presence user={user} /> : <span className="none">deactivated</span>),
    },
    {
      key: 'do',
      title: '',
      card: 'aside',
      width: 70,
      render: (user) =>
        may('user.update') && (
          <Button size="small" onClick={() => setEditing(user)}>
            Edit
          </Button>
        ),
    },
  ];
  return (
    <SettingsPage
      wide
      actions={
        may('user.create') && (
          <Button type="primary" icon={<UserAddOutlined aria-hidden />} onClick={() => setEditing('new')}>
            Add a colleague
          </Button>
        )
      }
    >
      <Records<User>
        label="Colleagues"
        columns={columns}
        items={data?.items}
        total={data?.total}
        error={error}
        retry={() => void refetch()}
        empty={
          <Nothing
            title="Nobody else yet"
            hint="Add your colleagues: each gets a one-time link to choose a password."
          />
        }
      />
      <Teams teams={teams.data?.items ?? []} users={data?.items ?? []} />
      <Projects users={data?.items ?? []} />
      <UserDialog
        user={editing}
        users={data?.items ?? []}
        teams={teams.data?.items ?? []}
        onClose={() => setEditing(undefined)}
      />
    </SettingsPage>
  );
}

/** An absent colleague gets no new leads. */
function Presence({ user }: { user: User }) {
  const { may } = useSession();
  const { act, busy } = useAct('user.update', ({ user: changed }) =>
    changed.absent ? `${changed.name} gets no new leads now.` : `${changed.name} gets new leads again.`,
  );
  return (
    <Switch
      size="small"
      disabled={!may('user.update')}
      checked={!user.absent}
      loading={busy}
      aria-label={`${user.name} is here`}
      checkedChildren="here"
      unCheckedChildren="absent"
      onChange={(here) => act({ id: user.id, absent: !here })}
    />
  );
}
