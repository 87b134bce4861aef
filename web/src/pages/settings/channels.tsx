import { Flex, Typography } from 'antd';
import { Link } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { ChannelLink } from './channel-link.tsx';
import { ChannelQueue, type Check } from './channel-queue.tsx';
import { ChannelTest, isTestable } from './channel-test.tsx';
import '../../styles/connect.css';
import { SettingsTabs } from './settings-tabs.tsx';
import { TakeOver } from './take-over.tsx';

type Account = Output<'channel.list'>['items'][number] & {
  check?: Check;
};

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
    render: ({ missing, check }) => (
      <span className="state" data-ok={!missing.length && check?.ok !== false}>
        {missing.length
          ? 'Closed'
          : check?.away
            ? 'Away'
            : check?.ok === false
              ? 'Trouble'
              : check
                ? 'Works'
                : 'Set up'}
      </span>
    ),
  },
  { key: 'account', title: 'Account', width: '12%', render: ({ account }) => account },
  {
    key: 'missing',
    title: 'Still needs, or says',
    render: ({ missing, check }) =>
      check && !missing.length ? (
        <span className="wrap">
          {!check.away && check.detail}
          <ChannelQueue check={check} />
        </span>
      ) : missing.length ? (
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

const test: Column<Account> = {
  key: 'test',
  title: 'Try',
  card: 'inline',
  width: '10%',
  render: ({ channel, account, missing, check }) => (
    <Flex gap="small" wrap>
      <Link className="connect-link" to={`/settings/channels/${channel}/${account}`}>
        {missing.length ? 'Connect' : 'Set up'}
      </Link>
      {!missing.length && isTestable(channel) && <ChannelTest channel={channel} account={account} />}
      {check?.link && <ChannelLink channel={channel} account={account} />}
    </Flex>
  ),
};

export default function Channels() {
  const { may } = useSession();
  const { data, error, refetch } = useAsk('channel.list', {});
  // Asks the providers themselves: what they say comes a little later than the list.
  const { data: checked } = useAsk('channel.check', {});
  const items = data?.items.map((item) => ({
    ...item,
    check: checked?.items.find(
      ({ channel, account }) => channel === item.channel && account === item.account,
    ),
  }));
  return (
    <Page
      title="Settings"
      note="Accounts stand in config/channels.yaml. What they need is entered under “Connect”, or comes from the environment; secrets are never shown again."
    >
      <SettingsTabs />
      {may('channel.reload') && <TakeOver />}
      <Records<Account & { id?: string }>
        label="Channel accounts"
        columns={may('channel.test') ? [...columns, test] : columns}
        items={items}
        keyOf={({ channel, account }) => `${channel}/${account}`}
        error={error}
        retry={() => void refetch()}
        empty={<Nothing title="No channel account" hint="Add one to config/channels.yaml and start again." />}
      />
    </Page>
  );
}
