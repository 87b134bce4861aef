/** One entry: written, previewed, published. A new one may be the answer to what was asked in vain. */
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Page } from '../../shared/page.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { blank, Editor, type Words, wordsOf } from './editor.tsx';
import { VersionsDrawer } from './versions.tsx';
import { type Entry, languageWord, times } from './words.ts';
import '../../styles/flows.css';
import '../../styles/knowledge.css';

export default function EntryPage() {
  const { entryId = 'new' } = useParams();
  const [params] = useSearchParams();
  return entryId === 'new' ? (
    <NewEntry
      key={params.toString()}
      questionId={params.get('question')}
      translates={params.get('translates')}
    />
  ) : (
    <KnownEntry key={entryId} entryId={entryId} />
  );
}

function NewEntry({ questionId, translates }: { questionId: string | null; translates: string | null }) {
  const navigate = useNavigate();
  const asked = useAsk(
    'knowledge.question',
    { questionId: questionId ?? '' },
    { enabled: questionId !== null },
  );
  const original = useAsk('knowledge.get', { entryId: translates ?? '' }, { enabled: translates !== null });
  const missing = (questionId && !asked.data && asked) || (translates && !original.data && original);
  if (missing) return missing.error ? <Failure error={missing.error} /> : <Waiting />;
  const begun: Words = asked.data
    ? {
        ...blank,
        title: asked.data.question.text,
        wordings: asked.data.question.alsoAsked,
        language: asked.data.question.language ?? 'en',
        products: asked.data.question.product ? [asked.data.question.product] : [],
      }
    : original.data
      ? {
          ...wordsOf(original.data.entry),
          wordings: [],
          language: original.data.entry.language === 'en' ? 'hi' : 'en',
        }
      : blank;
  const waiting = asked.data?.question.waiting ?? 0;
  return (
    <Page
      wide
      title={questionId ? 'The answer' : translates ? 'Translation' : 'New answer'}
      note={
        waiting > 0
          ? `${times(waiting, 'customer')} still ${waiting === 1 ? 'waits' : 'wait'} for it. Publish it, and you can send it to them.`
          : undefined
      }
    >
      <Editor
        words={begun}
        fixed={{
          ...(questionId && { questionId }),
          ...(translates && { translationOf: original.data?.entry.translationOf ?? translates }),
        }}
        onSaved={(entry) =>
          questionId && entry.state === 'published'
            ? navigate(`/knowledge/questions?send=${questionId}`, { replace: true })
            : navigate(`/knowledge/${entry.id}`, { replace: true })
        }
      />
    </Page>
  );
}

function KnownEntry({ entryId }: { entryId: string }) {
  const { may } = useSession();
  const [comparing, setComparing] = useState(false);
  const { data, error, refetch } = useAsk('knowledge.get', { entryId });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const { entry, translations } = data;
  return (
    <Page
      wide
      title={entry.kind === 'article' ? 'Article' : 'Answer'}
      note={fate(entry)}
      actions={
        <>
          {translations.map(({ id, language }) => (
            <Link key={id} to={`/knowledge/${id}`}>
              <Button>{languageWord(language)}</Button>
            </Link>
          ))}
          {may('knowledge.create') && (
            <Link to={`/knowledge/new?translates=${entry.id}`}>
              <Button>Translate</Button>
            </Link>
          )}
          {may('knowledge.versions') && (
            <Button onClick={() => setComparing(true)}>Versions ({entry.version})</Button>
          )}
        </>
      }
    >
      <Editor key={entry.version} words={wordsOf(entry)} entry={entry} />
      {comparing && <VersionsDrawer entry={entry} close={() => setComparing(false)} />}
    </Page>
  );
}

function fate({ used, sent, askedAgain, file, by }: Entry): string {
  const given =
    used + sent === 0 ? 'Not given in the last 30 days' : `Given ${times(used + sent, 'time')} in 30 days`;
  const again = askedAgain ? `, asked on after it ${times(askedAgain, 'time')}` : '';
  return `${given}${again}. Last changed by ${by}${file ? `, taken over from ${file}` : ''}.`;
}
