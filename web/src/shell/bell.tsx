/** Notices: the bell with its count, the list behind it. */
import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useAsk } from '../api/use-ask.ts';
import { useAct } from '../shared/use-act.ts';
import { NoticeList } from './notice-list.tsx';

export function Bell() {
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useAsk('notification.list', { limit: 30 }, { keep: true });
  const { act, busy } = useAct('notification.markRead');
  const unread = data?.unread ?? 0;
  return (
    <>
      <Badge count={unread} size="small" offset={[-14, 8]} overflowCount={99}>
        <Button
          type="text"
          className="bell"
          icon={<BellOutlined aria-hidden />}
          aria-label={`Notices, ${unread} unread`}
          onClick={() => setOpen(true)}
        />
      </Badge>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title="Notices"
        width="min(420px, 100vw)"
        destroyOnHidden
        extra={
          unread > 0 && (
            <Button size="small" loading={busy} onClick={() => act({})}>
              Mark all read
            </Button>
          )
        }
      >
        <NoticeList
          items={data?.items}
          error={error}
          retry={() => void refetch()}
          onOpen={() => setOpen(false)}
          markRead={(id) => void act({ id })}
        />
      </Drawer>
    </>
  );
}
