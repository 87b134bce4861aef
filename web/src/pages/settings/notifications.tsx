/** Who is told what, when and in which words: every rule with its switch. */
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Rule } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';
import { QuietHours } from './quiet-hours.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { digestLabels, leadTime, recipientLabels, wayLabel } from './rule-words.ts';
import { SettingsPage } from './settings-page.tsx';
import '../../styles/rules.css';

const columns = (edit: (rule: Rule) => void): Column<Rule & { id?: string }>[] => [
  {
    key: 'label',
    title: 'Notice',
    card: 'title',
    width: '22%',
    render: ({ label, version, urgent }) => (
      <span className="stack">
        <strong>{label}</strong>
        {version > 0 && <small>changed</small>}
        {urgent && <small>urgent</small>}
      </span>
    ),
  },
  { key: 'on', title: 'On', card: 'aside', width: 70, render: (rule) => <RuleSwitch rule={rule} /> },
  {
    key: 'to',
    title: 'To',
    width: '20%',
    render: ({ to, channels }) => (
      <span className="wrap">
        {Object.entries(to)
          .filter(([, on]) => on)
          .map(([who]) => {
            const ways = channels?.[who as keyof typeof recipientLabels]?.map(wayLabel).join(', ');
            return recipientLabels[who as keyof typeof recipientLabels] + (ways ? ` (${ways})` : '');
          })
          .join(', ') || 'nobody'}
      </span>
    ),
  },
  {
    key: 'when',
    title: 'When',
    width: '16%',
    render: ({ key, leadMinutes, at, digest }) => (
      <span className="wrap">
        {at
          ? `at ${at}`
          : leadMinutes?.length
            ? leadMinutes.map((minutes) => leadTime(minutes, key)).join(', ')
            : 'at once'}
        {digest !== 'none' && `; ${digestLabels[digest].toLowerCase()}`}
      </span>
    ),
  },
  {
    key: 'text',
    title: 'Text',
    card: 'none',
    render: ({ text }) => <span className="clip">{Object.values(text)[0]}</span>,
  },
  {
    key: 'do',
    title: '',
    width: 80,
    render: (rule) => (
      <Button size="small" onClick={() => edit(rule)}>
        Edit
      </Button>
    ),
  },
];

export default function Notifications() {
  const { data, error, refetch } = useAsk('notification.rules', {});
  const [key, setKey] = useState<string>();
  return (
    <SettingsPage
      note="Off, and nobody is told. Each change is kept with its author and can be taken back."
      actions={<Link to="/settings/notifications/sent">What was sent</Link>}
      wide
    >
      <QuietHours />
      <Records<Rule & { id?: string }>
        label="Notification rules"
        columns={columns((rule) => setKey(rule.key))}
        items={data?.items}
        keyOf={(rule) => rule.key}
        error={error}
        retry={() => void refetch()}
        empty={<Nothing title="No rules" hint="They stand in config/notifications.yaml." />}
      />
      <RuleDialog
        rule={data?.items.find((rule) => rule.key === key)}
        rules={data}
        onClose={() => setKey(undefined)}
      />
    </SettingsPage>
  );
}

function RuleSwitch({ rule }: { rule: Rule }) {
  const { may } = useSession();
  const { act, busy } = useAct(
    'notification.updateRule',
    ({ rule: changed }) => `“${changed.label}” is ${changed.enabled ? 'on' : 'off'}.`,
  );
  return (
    <Switch
      size="small"
      checked={rule.enabled}
      loading={busy}
      disabled={!may('notification.updateRule')}
      aria-label={`${rule.label} is on`}
      onChange={(enabled) => act({ key: rule.key, enabled })}
    />
  );
}
