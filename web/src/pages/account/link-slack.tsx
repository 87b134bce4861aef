/** Linking a chat account: a code from here, said in a private chat, confirmed here. */
import { Button } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { clock } from '../../shared/time.ts';
import { useAct } from '../../shared/use-act.ts';
import { useMinute } from '../../shared/when.tsx';

export function LinkSlack() {
  const [code, setCode] = useState<Output<'link.start'>>();
  const start = useAct('link.start');
  const confirm = useAct('link.confirm', 'Linked. Type /crm today there.');
  // Somebody types the code elsewhere: while it is valid, look whether they did.
  const { data } = useAsk('link.pending', {}, { keep: true, everyMs: code ? 2_500 : undefined });
  useMinute(code !== undefined);
  const valid = code && Date.parse(code.expiresAt) > Date.now();
  const claims = data?.items ?? [];

  return (
    <div className="link-slack">
      {claims.map((claim) => (
        <div key={claim.id} className="claim" role="status">
          <span>
            <strong>{claim.name ?? claim.thread}</strong> on {channelLabel(claim.channel)} ({claim.account})
            entered your code. Is that you?
          </span>
          <Button
            type="primary"
            loading={confirm.busy}
            onClick={async () => {
              if (await confirm.act({ id: claim.id })) setCode(undefined);
            }}
          >
            Yes, link it
          </Button>
        </div>
      ))}
      {valid && !claims.length ? (
        <div className="link-code">
          <p>In Slack, Telegram or WhatsApp, in a private chat with us, type</p>
          <code className="code">/crm link {code.code}</code>
          <p className="none">
            Works once, until {clock(code.expiresAt)}. Then come back here: the account that used it is shown
            for you to confirm.
          </p>
        </div>
      ) : (
        !claims.length && (
          <>
            <p className="none">
              Link your Slack, Telegram or WhatsApp account and work your leads from there: today’s list, log
              a call, set a follow-up, confirm a demo.
            </p>
            <Button type="primary" loading={start.busy} onClick={async () => setCode(await start.act({}))}>
              {code ? 'Get another code' : 'Link a chat account'}
            </Button>
          </>
        )
      )}
    </div>
  );
}
