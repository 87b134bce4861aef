/** What each role may do: record kind by action, how far. A change is effective with everybody's next click. */
import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Page } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { SettingsTabs } from './settings-tabs.tsx';

type Role = Output<'role.list'>['items'][number];
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
  const [key, setKey] = useState<string>();
  const role = data?.items.find((item) => item.key === key) ?? data?.items[0];
  return (
    <Page wide title="Settings">
      <SettingsTabs />
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data && <Waiting />}
      {data && role && (
        <>
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
          <RoleGrid
            key={`${role.key}:${role.version}`}
            role={role}
            kinds={data.kinds}
            actions={data.actions}
          />
        </>
      )}
    </Page>
  );
}

function RoleGrid({ role, kinds, actions }: { role: Role; kinds: string[]; actions: string[] }) {
  const { may } = useSession();
  const { act, busy } = useAct(
    'role.save',
    ({ role: saved }) => `${saved.label} is changed, for everybody now.`,
  );
  const [grants, setGrants] = useState<Grants>(role.grants as Grants);
  useEffect(() => setGrants(role.grants as Grants), [role]);
  // The administrator's role stays as it is: otherwise an organisation could lock itself out.
  const fixed = role.key === 'administrator' || !may('role.save');
  const set = (kind: string, action: string, scope: string) => {
    const { [action]: _, ...rest } = grants[kind] ?? {};
    setGrants({ ...grants, [kind]: scope ? { ...rest, [action]: scope as Scope } : rest });
  };
  const { label, assignsTo, only } = role;
  const save = () =>
    act({
      key: role.key,
      label,
      assignsTo,
      ...(only && { only }),
      grants: grants as Role['grants'],
      expected: role.version,
    });
  return (
    <>
      <div style={{ overflowX: 'auto' }}>
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
                <td data-card="title">{kind}</td>
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
      {!fixed && (
        <Button type="primary" loading={busy} onClick={() => void save()}>
          Save
        </Button>
      )}
    </>
  );
}

/** A grant for every kind or every action is shown in each of its cells. */
const widest = (grants: Grants, kind: string, action: string): string =>
  grants[kind]?.[action] ?? grants[kind]?.['*'] ?? grants['*']?.[action] ?? grants['*']?.['*'] ?? '';
