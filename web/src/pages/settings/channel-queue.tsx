/** What waits at an account, whether its provider takes it, and what it did not: in words. */
import { Link } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { When } from '../../shared/when.tsx';
import '../../styles/sources.css';

export type Check = Output<'channel.check'>['items'][number];

export function ChannelQueue({ check: { channel, waiting, oldest, away, trouble } }: { check: Check }) {
  const count = waiting === 1 ? 'One message waits' : `${waiting.toLocaleString()} messages wait`;
  return (
    <>
      {away ? (
        <span className="problem channel-queue" role="status">
          {channelLabel(channel)} takes no messages since <When at={away.since} as="clock" /> ({away.detail}).{' '}
          {count} and go out by themselves, in order, when it does again.
        </span>
      ) : (
        waiting > 0 && (
          <span className="channel-queue">
            {count}
            {oldest && (
              <>
                , the oldest since <When at={oldest} as="ago" />
              </>
            )}
            .
          </span>
        )
      )}
      {trouble && (
        <span className="channel-queue">
          {trouble.count === 1 ? 'One was' : `${trouble.count.toLocaleString()} were`} not delivered; the last{' '}
          <When at={trouble.at} as="ago" />: {trouble.error}. <Link to="/ledger">See all</Link>
        </span>
      )}
    </>
  );
}
