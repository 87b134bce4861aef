import { Skeleton } from 'antd';
import { useNavigate } from 'react-router';
import type { Notice } from '../api/operations.ts';
import { Failure } from '../shared/failure.tsx';
import { Nothing } from '../shared/nothing.tsx';
import { When } from '../shared/when.tsx';

type Props = {
  items?: Notice[];
  error: Error | null;
  retry: () => void;
  onOpen: () => void;
  markRead: (id: string) => void;
};

export function NoticeList({ items, error, retry, onOpen, markRead }: Props) {
  const navigate = useNavigate();
  if (error && !items) return <Failure error={error} retry={retry} />;
  if (!items) return <Skeleton active />;
  if (!items.length)
    return (
      <Nothing
        title="No notices yet"
        hint="New leads, follow-ups that are due and demos appear here, and in Slack once your account is linked."
      />
    );
  const open = (notice: Notice) => {
    if (!notice.read) markRead(notice.id);
    const to = noticeLink(notice);
    if (!to) return;
    onOpen();
    navigate(to);
  };
  return (
    <ul className="notices">
      {items.map((notice) => (
        <li key={notice.id}>
          <button type="button" className="notice" data-unread={!notice.read} onClick={() => open(notice)}>
            <span className="notice-head">
              <strong>{notice.title}</strong>
              <When at={notice.at} as="ago" />
            </span>
            <span className="notice-text">{notice.text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export const noticeLink = (notice: Notice): string | undefined =>
  notice.link ?? (notice.leadId && `/leads/${notice.leadId}`);
