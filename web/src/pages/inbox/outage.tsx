/** The provider of this conversation's channel takes no messages now: what is written waits, and that is said. */
import { Alert } from 'antd';
import type { Conversation } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { When } from '../../shared/when.tsx';

type Place = Pick<Conversation, 'channel' | 'account'>;

export function useOutage({ channel, account }: Place) {
  const { data } = useAsk('channel.outages', {}, { keep: true });
  return data?.items.find((one) => one.channel === channel && one.account === account);
}

export function Outage({ talk }: { talk: Place }) {
  const outage = useOutage(talk);
  if (!outage) return null;
  return (
    <Alert
      className="thread-optout"
      type="warning"
      showIcon
      role="status"
      message={
        <>
          {channelLabel(talk.channel)} takes no messages since <When at={outage.since} as="clock" />
        </>
      }
      description="Write on: what you send waits here and goes out by itself, in order, when it does again."
    />
  );
}
