/** What the provider says to what was entered, and a message that can be looked at. */
import { Button } from 'antd';
import type { useAsk } from '../../../api/use-ask.ts';
import { useSession } from '../../../session/session.tsx';
import { channelLabel } from '../../../shared/channel-icon.tsx';
import { When } from '../../../shared/when.tsx';
import { ChannelLink } from '../channel-link.tsx';
import { ChannelTest, isTestable } from '../channel-test.tsx';
import type { Place } from './connect.tsx';

type Asked = ReturnType<typeof useAsk<'channel.check'>>;

export function Verify({ ask, ...place }: Place & { ask: Asked }) {
  const { may } = useSession();
  const { data, error, refetch, isFetching } = ask;
  const check = data?.items[0];
  const isOpen = check && !check.closed;
  return (
    <div className="connect-step">
      <p role="status" className={check && !check.ok ? 'problem' : undefined}>
        {error
          ? error.message
          : check
            ? check.ok
              ? `${channelLabel(place.channel)} answers: ${check.detail}`
              : check.detail
            : 'Asking …'}
      </p>
      {check?.heard && (
        <p>
          Something came in by it <When at={check.heard} as="ago" />.
        </p>
      )}
      {isOpen && check.heard === undefined && isTestable(place.channel) && !check.link && (
        <p className="none">
          Nothing has come in by it yet: write to it yourself, and it shows in the inbox.
        </p>
      )}
      <p className="connect-links">
        <Button loading={isFetching} onClick={() => void refetch()}>
          Verify
        </Button>
        {isOpen && isTestable(place.channel) && may('channel.test') && <ChannelTest {...place} />}
        {isOpen && check.link && <ChannelLink {...place} />}
      </p>
    </div>
  );
}
