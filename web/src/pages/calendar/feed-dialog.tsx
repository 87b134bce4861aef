/** The private address under which Google Calendar, Outlook or a phone subscribe to one's calendar. */
import { App, Button, Input, Popconfirm, Skeleton, Space } from 'antd';
import { useAsk } from '../../api/use-ask.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { moment } from '../../shared/time.ts';
import { useAct } from '../../shared/use-act.ts';

export default function FeedDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { message } = App.useApp();
  const { data, isLoading } = useAsk('calendar.feed', {});
  const make = useAct('calendar.newFeed');
  const stop = useAct('calendar.stopFeed', 'The address leads nowhere any more.');
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url);
    void message.success('Copied.');
  };
  return (
    <Dialog open={open} onClose={onClose} title="Your calendar elsewhere" width={560}>
      <p>
        Google Calendar, Outlook and telephones can show this calendar: add a calendar “from URL” with your
        private address. It shows your appointments, tasks, follow-ups and reminders, and follows every change
        within their next look.
      </p>
      {isLoading ? (
        <Skeleton active paragraph={{ rows: 1 }} />
      ) : data?.url ? (
        <>
          <Space.Compact block>
            <Input
              readOnly
              value={data.url}
              aria-label="Private address"
              onFocus={({ target }) => target.select()}
            />
            <Button onClick={() => void copy(data.url!)}>Copy</Button>
          </Space.Compact>
          <p className="form-note">
            Whoever has this address sees your calendar. Made {data.createdAt && moment(data.createdAt)}.
          </p>
          <Space wrap>
            <Popconfirm
              title="Calendars with the old address stop following."
              okText="Make a new one"
              onConfirm={() => void make.act({})}
            >
              <Button loading={make.busy}>Make a new address</Button>
            </Popconfirm>
            <Popconfirm title="End this address?" okText="End it" onConfirm={() => void stop.act({})}>
              <Button danger loading={stop.busy}>
                End it
              </Button>
            </Popconfirm>
          </Space>
        </>
      ) : (
        <Button type="primary" loading={make.busy} onClick={() => void make.act({})}>
          Make my private address
        </Button>
      )}
    </Dialog>
  );
}
