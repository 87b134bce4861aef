/** What was typed becomes the wish; the draft comes into the field, to be mended and sent by hand. */
import { EditOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import type { Conversation } from '../../api/operations.ts';
import { useAct } from '../../shared/use-act.ts';
import { reasonOf } from './engine-mark.tsx';

type Props = { talk: Conversation; text: string; write: (words: string) => void };

export function DraftButton({ talk, text, write }: Props) {
  const draft = useAct('conversation.draft');
  const { message } = App.useApp();
  const [wanted, setWanted] = useState<{ id: string; typed: string }>();
  const came = wanted && talk.draft?.id === wanted.id && talk.draft.engine ? talk.draft : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each draft that comes
  useEffect(() => {
    if (!came) return;
    setWanted(undefined);
    if (!came.text) void message.info(`No draft: ${reasonOf(came.reason ?? 'unreachable')}.`);
    // What was typed meanwhile is theirs.
    else if (text === wanted?.typed) write(came.text);
    else void message.info('A draft came, and you have written on: yours stays.');
  }, [came]);

  if (!talk.assistance?.drafts) return null;
  const ask = async () => {
    const wish = text.trim().slice(0, 600) || 'Answer their last message.';
    const asked = await draft.act({ conversationId: talk.id, wish });
    if (asked) setWanted({ id: asked.draftId, typed: text });
  };
  return (
    <Button
      icon={<EditOutlined aria-hidden />}
      loading={draft.busy || wanted !== undefined}
      onClick={ask}
      title="Type in a few words what you want to say; you check the draft and send it yourself."
    >
      Draft
    </Button>
  );
}
