/** What customers asked and nobody had written down: counted, answered in one press, sent to those who still wait. */
import { EditOutlined, SendOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { When } from '../../shared/when.tsx';
import { KnowledgeTabs } from './head.tsx';
import { SendDialog } from './send-dialog.tsx';
import { languageWord, type Question, times } from './words.ts';
import '../../styles/leads.css';
import '../../styles/knowledge.css';

type State = Question['state'];

export default function Questions() {
  const [params, setParams] = useSearchParams();
  const state = (params.get('state') ?? 'open') as State;
  const sending = params.get('send');
  const { data, error, refetch } = useAsk('knowledge.questions', { state }, { keep: true });
  const { act: dismiss, busy } = useAct('knowledge.dismiss');
  const choose = (change: Record<string, string | undefined>) =>
    setParams(
      Object.fromEntries(
        Object.entries({ ...Object.fromEntries(params), ...change }).filter(
          (entry): entry is [string, string] => Boolean(entry[1]),
        ),
      ),
      { replace: true },
    );
  return (
    <Page wide title="Knowledge" note="What customers asked and nobody had written down, most asked first.">
      <KnowledgeTabs chosen="questions" />
      <div className="question-states">
        <Segmented<State>
          value={state}
          onChange={(chosen) => choose({ state: chosen === 'open' ? undefined : chosen })}
          options={[
            { value: 'open', label: `Open (${data?.counts.open ?? '·'})` },
            { value: 'answered', label: `Answered (${data?.counts.answered ?? '·'})` },
            { value: 'dismissed', label: `Not needed (${data?.counts.dismissed ?? '·'})` },
          ]}
        />
      </div>
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {data && !data.items.length && <Nothing {...empty[state]} />}
      <ul className="questions" aria-label="Questions">
        {data?.items.map((question) => (
          <li key={question.id} className="panel question">
            <strong className="question-count" title={`Asked ${times(question.count, 'time')}`}>
              {question.count}×
            </strong>
            <Told question={question} />
            <span className="question-acts">
              {question.entry && question.state === 'answered' && question.waiting > 0 && (
                <Button
                  type="primary"
                  icon={<SendOutlined aria-hidden />}
                  onClick={() => choose({ send: question.id })}
                >
                  Send to {question.waiting} who wait
                </Button>
              )}
              {question.state === 'open' && (
                <Link to={`/knowledge/new?question=${question.id}`}>
                  <Button type="primary" icon={<EditOutlined aria-hidden />}>
                    Write the answer
                  </Button>
                </Link>
              )}
              {question.state !== 'answered' && (
                <Button
                  disabled={busy}
                  onClick={() =>
                    dismiss({
                      questionId: question.id,
                      state: question.state === 'open' ? 'dismissed' : 'open',
                    })
                  }
                >
                  {question.state === 'open' ? 'Not needed' : 'Take up again'}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {sending && <SendDialog questionId={sending} onClose={() => choose({ send: undefined })} />}
    </Page>
  );
}

function Told({ question }: { question: Question }) {
  const { text, alsoAsked, customers, waiting, lastAt, language, product, entry, state } = question;
  return (
    <div className="question-words">
      <p>{text}</p>
      {alsoAsked.length > 0 && <small>Also: {alsoAsked.slice(0, 3).join(' · ')}</small>}
      <small>
        {times(customers, 'customer')}, {waiting ? `${waiting} without an answer` : 'all answered'} · last{' '}
        <When at={lastAt} />
        {language && ` · ${languageWord(language)}`}
        {product && ` · ${product}`}
      </small>
      {entry && (
        <small>
          {state === 'open' ? 'Given, and it did not help: ' : 'Answer: '}
          <Link to={`/knowledge/${entry.id}`}>{entry.title}</Link>
        </small>
      )}
    </div>
  );
}

const empty: Record<State, { title: string; hint: string }> = {
  open: {
    title: 'Every question found its answer',
    hint: 'What the bot has no entry for is passed on and stands here, the most asked first.',
  },
  answered: {
    title: 'Nothing answered yet',
    hint: 'Questions for which somebody wrote the answer stand here.',
  },
  dismissed: { title: 'Nothing set aside', hint: 'Questions that need no entry stand here.' },
};
