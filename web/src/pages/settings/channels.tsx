import { Typography } from 'antd';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { SettingsTabs } from './settings-tabs.tsx';

type Account = Output<'channel.list'>['items'][number];

const columns: Column<Account>[] = [
  {
    key: 'channel',
    title: 'Channel',
    card: 'title',
    width: '20%',
    render: ({ channel }) => <ChannelIcon channel={channel} withLabel />,
  },
  {
    key: 'state',
    title: 'State',
    card: 'aside',
    width: '12%',
    render: ({ missing }) => (
      <span className="state" data-ok={!missing.length}>
        {missing.length ? 'Closed' : 'Set up'}
      </span>
    ),
  },
  { key: 'account', title: 'Account', width: '12%', render: ({ account }) => account },
  {
    key: 'missing',
    title: 'Still needs',
    render: ({ missing }) =>
      missing.length ? (
        <span className="wrap">
          {missing.map((name) => (
            <code key={name}>{name}</code>
          ))}
        </span>
      ) : (
        <span className="none">Nothing</span>
      ),
  },
  {
    key: 'webhook',
    title: 'Webhook address',
    render: ({ webhook }) =>
      webhook ? (
        <Typography.Text copyable className="wrap">
          {webhook}
        </Typography.Text>
      ) : (
        <span className="none">None needed</span>
      ),
  },
];

export default function Channels() {
  const { data, error, refetch } = useAsk('channel.list', {});
  return (
    <Page
      title="Settings"
      note="Accounts stand in config/channels.yaml; what is secret comes from the environment and is never shown here."
    >
      <SettingsTabs />
      <Records<Account & { id?: string }>
        label="Channel accounts"
        columns={columns}
        items={data?.items}
        keyOf={({ channel, account }) => `${channel}/${account}`}
        error={error}
        retry={() => void refetch()}
        empty={<Nothing title="No channel account" hint="Add one to config/channels.yaml and start again." />}
      />
    </Page>
  );
}
