/** What was sent where and when; what waits; what failed, with a button to try it again. */
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { DeliveryState } from './delivery-state.tsx';
import '../../styles/notices.css';

type Delivery = Output<'notification.deliveries'>['items'][number];

const columns: Column<Delivery>[] = [
  {
    key: 'what',
    title: 'Notice',
    card: 'title',
    width: '34%',
    render: ({ title, text, link }) => (
      <span className="stack">
        {title ? (
          link ? (
            <Link to={link}>{title}</Link>
          ) : (
            <strong>{title}</strong>
          )
        ) : (
          <em>not yours to read</em>
        )}
        {text && <small className="delivery-text">{text}</small>}
      </span>
    ),
  },
  {
    key: 'to',
    title: 'To',
    width: '16%',
    render: ({ to, channel }) => (
      <span className="wrap">
        {channel !== 'none' && <ChannelIcon channel={channel} />}{' '}
        {to.name ?? (to.kind === 'client' ? 'a client' : 'a colleague')}
      </span>
    ),
  },
  { key: 'at', title: 'When', card: 'aside', width: '14%', render: ({ at }) => <When at={at} /> },
  { key: 'state', title: 'State', render: (one) => <DeliveryState {...one} /> },
  { key: 'do', title: '', width: 110, render: (one) => <Retry {...one} /> },
];

const filters = { all: 'Everything', failed: 'Not delivered', held: 'Waiting' };
type Filter = keyof typeof filters;

export default function Sent() {
  const [params, setParams] = useSearchParams();
  const only = (params.get('only') ?? 'all') as Filter;
  const rule = params.get('rule') ?? undefined;
  const rules = useAsk('notification.rules', {});
  // Page by page the list grows; the newest stay on top as they come.
  const [pages, setPages] = useState(1);
  const { data, error, refetch, isFetching } = useAsk(
    'notification.deliveries',
    { limit: Math.min(100, pages * 30), ...(only !== 'all' && { only }), ...(rule && { rule }) },
    { keep: true },
  );
  const choose = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(params);
    if (value && value !== 'all') next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  return (
    <SettingsPage note="What was sent where and when, and what became of it." wide>
      <div className="delivery-filters">
        <Segmented<Filter>
          aria-label="Which"
          value={only}
          onChange={(key) => choose('only', key)}
          options={Object.entries(filters).map(([value, label]) => ({ value: value as Filter, label }))}
        />
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          placeholder="every notice"
          aria-label="Of which notice"
          value={rule}
          onChange={(key) => choose('rule', key)}
          style={{ width: 240 }}
          options={rules.data?.items.map(({ key, label }) => ({ value: key, label }))}
        />
      </div>
      <Records<Delivery>
        label="What was sent"
        columns={columns}
        items={data?.items}
        error={error}
        retry={() => void refetch()}
        more={{
          has: Boolean(data?.nextCursor) && pages * 30 < 100,
          loading: isFetching,
          load: () => setPages(pages + 1),
        }}
        empty={
          <Nothing
            title={only === 'failed' ? 'Everything was delivered' : 'Nothing here yet'}
            hint={
              only === 'held'
                ? 'What waits for the end of quiet hours or for a digest stands here until it is sent.'
                : 'What goes out by chat, push, mail or SMS stands here with its state.'
            }
          />
        }
      />
    </SettingsPage>
  );
}

function Retry({ id, mayRetry }: Delivery) {
  const { may } = useSession();
  const { act, busy } = useAct('notification.retry', 'It is being tried again.');
  if (!mayRetry || !may('notification.retry')) return null;
  return (
    <Button size="small" loading={busy} onClick={() => act({ id })}>
      Try again
    </Button>
  );
}
