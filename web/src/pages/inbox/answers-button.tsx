/** What the knowledge base says of the customer's last words, or of what is looked for: put into the reply by a press. */
import { ReadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Conversation, Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { useAct } from '../../shared/use-act.ts';
import { useSettled } from '../../shared/use-settled.ts';
import '../../styles/knowledge.css';

type Found = Output<'knowledge.suggest'>['items'][number];
type Props = { talk: Conversation; text: string; write: (words: string) => void };

export function AnswersButton({ talk, text, write }: Props) {
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const inserted = useAct('knowledge.inserted');
  if (!may('knowledge.search')) return null;
  const insert = ({ id, text: words }: Found) => {
    write(text.trim() ? `${text.trimEnd()}\n${words}` : words);
    setOpen(false);
    if (may('knowledge.inserted')) void inserted.act({ conversationId: talk.id, entryId: id });
  };
  return (
    <>
      <Button
        icon={<ReadOutlined aria-hidden />}
        onClick={() => setOpen(true)}
        title="Find an answer in the knowledge base and put it into your reply."
      >
        Answers
      </Button>
      <Dialog open={open} title="Answers" onClose={() => setOpen(false)} width={600}>
        <Answers talk={talk} insert={insert} />
      </Dialog>
    </>
  );
}

function Answers({ talk, insert }: { talk: Conversation; insert: (found: Found) => void }) {
  const [words, setWords] = useState('');
  const question = useSettled(words.trim());
  const suggested = useAsk('knowledge.suggest', { conversationId: talk.id }, { enabled: question === '' });
  const searched = useAsk(
    'knowledge.search',
    { question: question || '-', ...(talk.language && { language: talk.language }) },
    { enabled: question !== '', keep: true },
  );
  const { data, error } = question ? searched : suggested;
  return (
    <div className="answers">
      <Input.Search
        aria-label="Search answers"
        placeholder={suggested.data?.question || 'Words of the question'}
        value={words}
        allowClear
        autoFocus
        onChange={({ target }) => setWords(target.value.slice(0, 500))}
      />
      {error && <p className="late">{error.message}</p>}
      {data && !data.items.length && (
        <Nothing
          title="Nothing is written about that"
          hint={question ? 'Try other words.' : 'Search by your own words above.'}
        />
      )}
      <ul aria-label="Answers found">
        {data?.items.map((found) => (
          <li key={found.id}>
            <strong>{found.title}</strong>
            <p>{found.text}</p>
            <Button size="small" type={found.sure ? 'primary' : 'default'} onClick={() => insert(found)}>
              Put into the reply
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
