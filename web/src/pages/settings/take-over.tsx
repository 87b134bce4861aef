/** Channel accounts and secrets as they are set now, without a restart: what became of whom, in words. */
import { Button } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { useAct } from '../../shared/use-act.ts';

type Changes = Output<'channel.reload'>['changes'];
const words = { opened: 'opened', changed: 'taken over', closed: 'closed' };

export function TakeOver() {
  const [changes, setChanges] = useState<Changes>();
  const reload = useAct('channel.reload');
  return (
    <div className="take-over">
      <Button
        loading={reload.busy}
        onClick={async () => {
          const done = await reload.act({});
          if (done) setChanges(done.changes);
        }}
      >
        Take over settings
      </Button>
      <span role="status">
        {changes &&
          (changes.length
            ? changes
                .map(
                  ({ channel, account, became, reason }) =>
                    `${channelLabel(channel)} (${account}) ${words[became]}${reason ? `: ${reason}` : ''}`,
                )
                .join('; ')
            : 'Nothing had changed.')}
      </span>
    </div>
  );
}
