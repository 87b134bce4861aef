/** The answer to those who still wait: read once more, mended where it must be, sent by a colleague. */
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { When } from '../../shared/when.tsx';
import { times } from './words.ts';

export function SendDialog({ questionId, onClose }: { questionId: string; onClose: () => void }) {
  const { data, error } = useAsk('knowledge.question', { questionId });
  const waiting = data?.asked.filter(({ answeredAt }) => !answeredAt) ?? [];
  return (
    <Dialog open title="Send the answer" onClose={onClose} width={600}>
      {error && <Failure error={error} />}
      {!error && !data && <Waiting rows={3} />}
      {data && !waiting.length && <p className="form-note">Nobody waits for it any more.</p>}
      {waiting.length > 0 && data?.answer && (
        <Send questionId={questionId} waiting={waiting} words={data.answer} onClose={onClose} />
      )}
    </Dialog>
  );
}

type Asker = { conversationId: string; name: string; channel: string; text: string; at: string };
/** These carry free text for a day after the customer's last word; later they may refuse it. */
const windowed = ['whatsapp', 'facebook', 'instagram'];
const isLate = ({ channel, at }: Asker): boolean =>
  windowed.includes(channel) && Date.now() - Date.parse(at) > 24 * 3_600_000;

type Props = { questionId: string; waiting: Asker[]; words: string; onClose: () => void };

function Send({ questionId, waiting, words, onClose }: Props) {
  const [text, setText] = useState(words);
  const [left, setLeft] = useState(waiting.filter(isLate).map(({ conversationId }) => conversationId));
  const to = waiting.map(({ conversationId }) => conversationId).filter((id) => !left.includes(id));
  const { act, busy } = useAct('knowledge.send', ({ sent, skipped }) =>
    skipped ? `Sent to ${sent}; ${skipped} could not be written to.` : `Sent to ${times(sent, 'customer')}.`,
  );
  const send = async () => {
    if (await act({ questionId, text: text.trim(), conversationIds: to })) onClose();
  };
  return (
    <>
      <Input.TextArea
        aria-label="What is sent"
        value={text}
        maxLength={4000}
        autoSize={{ minRows: 3, maxRows: 12 }}
        onChange={({ target }) => setText(target.value)}
      />
      <ul className="send-to" aria-label="Who waits">
        {waiting.map(({ conversationId, name, channel, text: asked, at }) => (
          <li key={conversationId}>
            <Checkbox
              checked={!left.includes(conversationId)}
              onChange={({ target }) =>
                setLeft(
                  target.checked ? left.filter((id) => id !== conversationId) : [...left, conversationId],
                )
              }
            >
              <ChannelIcon channel={channel} /> {name || 'Somebody'} <small>“{asked}”</small>{' '}
              <small>
                <When at={at} />
              </small>
            </Checkbox>
          </li>
        ))}
      </ul>
      {waiting.some(isLate) && (
        <p className="form-note">
          Who asked more than a day ago on WhatsApp, Facebook or Instagram is left out: they may refuse free
          text by now.
        </p>
      )}
      <Button type="primary" block loading={busy} disabled={!to.length || !text.trim()} onClick={send}>
        Send to {times(to.length, 'customer')}
      </Button>
    </>
  );
}
