import { Button, Form } from 'antd';
import { useState } from 'react';
import type { User } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useAct } from '../../shared/use-act.ts';
import { OneTimeLink } from './one-time-link.tsx';
import { UserFields } from './user-fields.tsx';

type Values = {
  name: string;
  email: string;
  role: string;
  teamIds?: string[];
  managerId?: string | null;
  active?: boolean;
  absent?: boolean;
};
type Props = {
  user: User | 'new' | undefined;
  users: User[];
  teams: { id: string; name: string }[];
  onClose: () => void;
};

export function UserDialog({ user, users, teams, onClose }: Props) {
  const [link, setLink] = useState<{ name: string; token: string }>();
  const { may } = useSession();
  const newLink = useAct('user.passwordLink');
  const close = () => {
    setLink(undefined);
    onClose();
  };
  const fields = <UserFields users={users} teams={teams} user={user} />;
  return (
    <Dialog
      open={user !== undefined}
      onClose={close}
      title={link ? 'One-time link' : user === 'new' ? 'Add a colleague' : user ? user.name : ''}
    >
      {link ? (
        <OneTimeLink name={link.name} token={link.token} onDone={close} />
      ) : user === 'new' ? (
        <CommandForm<'user.create', Values>
          command="user.create"
          input={({ name, email, role, teamIds = [], managerId }) => ({
            name,
            email,
            role,
            teamIds,
            ...(managerId && { managerId }),
          })}
          initial={{ role: 'tele-caller', teamIds: [] }}
          submit="Add"
          done={({ user: added }) => `${added.name} was added.`}
          onDone={({ user: added, setPasswordToken }) =>
            setPasswordToken ? setLink({ name: added.name, token: setPasswordToken }) : close()
          }
        >
          {fields}
        </CommandForm>
      ) : (
        user && (
          <CommandForm<'user.update', Values>
            command="user.update"
            input={({ name, role, teamIds, managerId, active, absent }) => ({
              id: user.id,
              name,
              role,
              teamIds,
              managerId: managerId ?? null,
              active,
              absent,
            })}
            initial={user}
            submit="Save"
            done="Saved."
            onDone={close}
          >
            {fields}
            {may('user.passwordLink') && user.active && (
              <Form.Item label="Password forgotten?" extra="The old one works until the new one is set.">
                <Button
                  loading={newLink.busy}
                  onClick={async () => {
                    const made = await newLink.act({ id: user.id });
                    if (made) setLink({ name: user.name, token: made.setPasswordToken });
                  }}
                >
                  Make a one-time link
                </Button>
              </Form.Item>
            )}
          </CommandForm>
        )
      )}
    </Dialog>
  );
}
