/** What the conversation is about, for who takes it over or calls: the language layer's words, or the plain ones. */
import { FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Conversation } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';
import { reasonOf } from './engine-mark.tsx';

export function Brief({ talk }: { talk: Conversation }) {
  const { may } = useSession();
  const summarise = useAct('conversation.summarise');
  const { brief } = talk;
  if (!talk.assistance?.summaries || !may('conversation.summarise')) return null;
  const waiting = brief !== undefined && brief.engine === undefined;
  return (
    <section className="thread-brief" aria-label="Summary">
      <Button
        size="small"
        icon={<FileTextOutlined aria-hidden />}
        loading={summarise.busy}
        onClick={() => summarise.act({ conversationId: talk.id })}
      >
        Summarise
      </Button>
      {brief?.text && <p>{brief.text}</p>}
      {brief && (
        <small role="status">
          <When at={brief.at} />{' '}
          {waiting
            ? 'A better summary is being written…'
            : brief.engine === 'llm'
              ? `Written by ${brief.model ?? 'the language model'}: check it before you rely on it`
              : `Put together from the messages${brief.reason ? `: ${reasonOf(brief.reason)}` : ''}`}
        </small>
      )}
    </section>
  );
}
