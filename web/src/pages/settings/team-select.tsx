import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { useAct } from '../../shared/use-act.ts';

type Props = {
  id?: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
  teams: { id: string; name: string }[];
};

/** Teams to choose from; one that is missing is added without leaving the form. */
export function TeamSelect({ id, value, onChange, teams }: Props) {
  const [name, setName] = useState('');
  const { act, busy } = useAct('team.create', 'Team added.');
  const add = async () => {
    if (!name.trim()) return;
    const team = await act({ name: name.trim() });
    if (!team) return;
    setName('');
    onChange?.([...(value ?? []), team.id]);
  };
  return (
    <Select
      id={id}
      mode="multiple"
      value={value}
      onChange={onChange}
      optionFilterProp="label"
      placeholder="None"
      options={teams.map((team) => ({ value: team.id, label: team.name }))}
      popupRender={(menu) => (
        <>
          {menu}
          <Space.Compact style={{ width: '100%', padding: 6 }}>
            <Input
              value={name}
              placeholder="Another team"
              aria-label="Name of another team"
              maxLength={80}
              onChange={({ target }) => setName(target.value)}
              onKeyDown={(event) => event.stopPropagation()}
              onPressEnter={add}
            />
            <Button icon={<PlusOutlined aria-hidden />} loading={busy} onClick={add}>
              Add
            </Button>
          </Space.Compact>
        </>
      )}
    />
  );
}
