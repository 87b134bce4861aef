/** What each role may do: record kind by action, how far, of what, and what is kept from it. Effective with the next click. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { inWords } from '../../shared/in-words.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { FieldRights } from './field-rights.tsx';
import { LinkLimits } from './link-limits.tsx';
import { NewRole } from './new-role.tsx';
import { SaveBar } from './save-bar.tsx';
import { SettingsPage } from './settings-page.tsx';
import { useDraft } from './use-draft.ts';
import '../../styles/roles.css';

type All = Output<'role.list'>;
export type Role = All['items'][number];
type Scope = 'own' | 'team' | 'subtree' | 'all';
type Grants = Record<string, Record<string, Scope> | undefined>;

const scopes = [
  { value: '', label: '–' },
  { value: 'own', label: 'own' },
  { value: 'team', label: 'team' },
  { value: 'subtree', label: 'below me' },
  { value: 'all', label: 'all' },
];

export default function Roles() {
  const { data, error, refetch } = useAsk('role.list', {}, { keep: true });
  const { may } = useSession();
  const [key, setKey] = useState<string>();
  const [adding, setAdding] = useState(false);
  const role = data?.items.find((item) => item.key === key) ?? data?.items[0];
  return (
    <SettingsPage wide note="A change is effective with everybody’s next click, whoever is signed in.">
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data && <Waiting />}
      {data && role && (
        <>
          <div className="role-head">
            <Select
              aria-label="Role"
              value={role.key}
              onChange={setKey}
              style={{ minWidth: 240 }}
              options={data.items.map((item) => ({
                value: item.key,
                label: `${item.label} (${item.people})`,
              }))}
            />
            {may('role.save') && (
              <Button icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
                Add a role
              </Button>
            )}
            {role.version > 0 && role.changedBy && <small>Changed by {role.changedBy}</small>}
          </div>
          <RoleEditor key={role.key} role={role} all={data} />
          <NewRole
            open={adding}
            like={role}
            taken={data.items.map((item) => item.key)}
            onDone={(made) => {
              setAdding(false);
              if (made) setKey(made);
            }}
          />
        </>
      )}
    </SettingsPage>
  );
}

function RoleEditor({ role, all }: { role: Role; all: All }) {
  const { may } = useSession();
  const edit = useDraft(
    role,
    'role.save',
    ({ key, label, assignsTo, only, grants, fields }, expected) => ({
      key,
      label,
      assignsTo,
      grants,
      expected,
      ...(only && Object.keys(only).length && { only }),
      ...(fields && Object.keys(fields).length && { fields }),
    }),
    `${role.label} is changed, for everybody now.`,
  );
  const { label, assignsTo, only, grants, fields } = edit.draft;
  // The administrator's role stays as it is: otherwise an organisation could lock itself out.
  const fixed = role.key === 'administrator' || !may('role.save');
  return (
    <div className="role">
      <Form layout="vertical" disabled={fixed} className="role-facts">
        <Form.Item label="Name" htmlFor="role-label">
          <Input
            id="role-label"
            maxLength={80}
            value={label}
            onChange={({ target }) => edit.change({ label: target.value })}
          />
        </Form.Item>
        <Form.Item
          label="Can assign records to"
          htmlFor="role-assigns"
          extra="Everybody with one of these roles whom they can see, and themselves."
        >
          <Select
            id="role-assigns"
            mode="multiple"
            placeholder="Nobody else"
            optionFilterProp="label"
            value={assignsTo}
            options={all.items.map((item) => ({ value: item.key, label: item.label }))}
            onChange={(roles) => edit.change({ assignsTo: roles })}
          />
        </Form.Item>
        <LinkLimits only={only ?? {}} onChange={(next) => edit.change({ only: next })} />
      </Form>
      <Grid
        label={label}
        all={all}
        grants={grants as Grants}
        fixed={fixed}
        onChange={(next) => edit.change({ grants: next as Role['grants'] })}
      />
      <FieldRights
        guarded={all.fields}
        fields={fields ?? {}}
        fixed={fixed}
        onChange={(next) => edit.change({ fields: next })}
      />
      <SaveBar draft={edit} by={role.changedBy} />
    </div>
  );
}

type GridProps = {
  label: string;
  all: All;
  grants: Grants;
  fixed: boolean;
  onChange: (grants: Grants) => void;
};

function Grid({ label, all: { kinds, actions }, grants, fixed, onChange }: GridProps) {
  const set = (kind: string, action: string, scope: string) => {
    const { [action]: _, ...rest } = grants[kind] ?? {};
    onChange({ ...grants, [kind]: scope ? { ...rest, [action]: scope as Scope } : rest });
  };
  return (
    <>
      <h2 className="role-part">Records</h2>
      <div className="scroll-x">
        <table className="records" aria-label={`What ${label} may do`}>
          <thead>
            <tr>
              <th>Record</th>
              {actions.map((action) => (
                <th key={action}>{action}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind}>
                <td data-card="title">{inWords(kind)}</td>
                {actions.map((action) => (
                  <td key={action} data-title={action}>
                    <Select
                      size="small"
                      aria-label={`${kind} ${action}`}
                      disabled={fixed}
                      style={{ width: 100 }}
                      options={scopes}
                      value={widest(grants, kind, action)}
                      onChange={(scope) => set(kind, action, scope)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A grant for every kind or every action is shown in each of its cells. */
const widest = (grants: Grants, kind: string, action: string): string =>
  grants[kind]?.[action] ?? grants[kind]?.['*'] ?? grants['*']?.[action] ?? grants['*']?.['*'] ?? '';
