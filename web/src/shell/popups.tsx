/** What must be seen at once, whatever one is doing: a lead that came back [M42]. Each pops up once, in one tab. */
import { App, Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Notice } from '../api/operations.ts';
import { useAsk } from '../api/use-ask.ts';
import { useAct } from '../shared/use-act.ts';
import { useNarrow } from '../shared/use-narrow.ts';
import { noticeLink } from './notice-list.tsx';

/** Older ones wait in the list: a returning colleague is not met by a pile of windows. */
const stillNewsMs = 12 * 3_600_000;

export function Popups() {
  const { data } = useAsk('notification.list', { limit: 30 }, { keep: true });
  const { notification } = App.useApp();
  // On a phone it would lie over what one does; unread, it stays in the list.
  const narrow = useNarrow();
  const { act } = useAct('notification.markRead');
  const navigate = useNavigate();
  const shown = useRef(new Set<string>());

  useEffect(() => {
    for (const notice of data?.items ?? []) {
      if (
        !notice.popup ||
        notice.read ||
        shown.current.has(notice.id) ||
        Date.parse(notice.at) < Date.now() - stillNewsMs
      )
        continue;
      shown.current.add(notice.id);
      show(notice);
    }
    function show(notice: Notice) {
      const link = noticeLink(notice);
      const read = () => void act({ id: notice.id });
      notification.warning({
        key: notice.id,
        message: notice.title,
        description: notice.text,
        duration: narrow ? 8 : 0,
        placement: 'bottomRight',
        onClose: narrow ? undefined : read,
        btn: link && (
          <Button
            type="primary"
            size="small"
            onClick={() => {
              notification.destroy(notice.id);
              read();
              navigate(link);
            }}
          >
            {link.startsWith('/inbox')
              ? 'Open the conversation'
              : link.startsWith('/leads')
                ? 'Open the lead'
                : 'Open'}
          </Button>
        ),
      });
    }
  }, [data, notification, act, navigate, narrow]);
  return null;
}
