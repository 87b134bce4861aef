/** Answering by hand. What is typed is kept until the server has it, also while one looks at other conversations. */
import { SendOutlined } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import type { Conversation } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';
import { AnswersButton } from './answers-button.tsx';
import { AttachButton, AttachedList, useAttached } from './attach.tsx';
import { DraftButton } from './draft-button.tsx';
import { SegmentCount } from './segment-count.tsx';

const drafts = new Map<string, string>();

export function Composer({ talk }: { talk: Conversation }) {
  const takeOver = useAct('conversation.takeOver');
  const reply = useAct('conversation.reply');
  const { user, brand } = useSession();
  const attached = useAttached();
  const [text, setText] = useState(drafts.get(talk.id) ?? '');

  const write = (words: string) => {
    setText(words);
    drafts.set(talk.id, words);
  };
  const send = async () => {
    const words = text.trim();
    if ((!words && !attached.ids.length) || attached.waiting || reply.busy) return;
    const input = {
      conversationId: talk.id,
      ...(words && { text: words }),
      ...(attached.ids.length && { fileIds: attached.ids }),
    };
    if (!(await reply.act(input))) return;
    drafts.delete(talk.id);
    setText('');
    attached.clear();
  };
  const sendCard = () =>
    reply.act({
      conversationId: talk.id,
      contact: { name: user.name, ...(brand && { company: brand }), emails: [user.email] },
    });

  if (talk.channel === 'telephony')
    return (
      <div className="composer composer-bot">
        <span>This was said on the telephone. To answer, ring back or write on another channel.</span>
      </div>
    );
  if (talk.mode === 'bot')
    return (
      <div className="composer composer-bot">
        <span>The bot is answering. Take over to write yourself; it then stays silent.</span>
        <Button
          type="primary"
          loading={takeOver.busy}
          onClick={() => takeOver.act({ conversationId: talk.id })}
        >
          Take over
        </Button>
      </div>
    );
  return (
    <section
      className="composer"
      aria-label="Answer"
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={(event) => {
        if (attached.add(event.dataTransfer.files)) event.preventDefault();
      }}
      onPaste={(event) => {
        if (attached.add(event.clipboardData.files)) event.preventDefault();
      }}
    >
      <AttachedList attached={attached} />
      {talk.channel === 'whatsapp' && Date.now() - Date.parse(talk.lastMessageAt) > 24 * 3_600_000 && (
        <Alert
          type="warning"
          banner
          message="More than 24 hours since their last message: WhatsApp may refuse free text."
        />
      )}
      <Input.TextArea
        value={text}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={4000}
        aria-label="Your answer"
        placeholder="Write your answer. Enter sends, Shift+Enter makes a new line."
        onChange={({ target }) => write(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      {talk.channel === 'sms' && <SegmentCount text={text} />}
      <div className="composer-buttons">
        <AttachButton
          attached={attached}
          onLocation={() => void reply.act({ conversationId: talk.id, location: true })}
          onCard={() => void sendCard()}
        />
        <AnswersButton talk={talk} text={text} write={write} />
        <DraftButton key={talk.id} talk={talk} text={text} write={write} />
        <Button
          type="primary"
          icon={<SendOutlined aria-hidden />}
          loading={reply.busy}
          disabled={(!text.trim() && !attached.ids.length) || attached.waiting}
          onClick={send}
          aria-label="Send"
        >
          Send
        </Button>
      </div>
    </section>
  );
}
