/** One import: before it begins how it is read and what it would become, then how far it is, then what it brought. */
import { Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Page } from '../../shared/page.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { Outcome } from './outcome.tsx';
import { Prepare } from './prepare.tsx';
import { count, statusColors, statusWords } from './words.ts';
import '../../styles/imports.css';

export default function ImportPage() {
  const { importId = '' } = useParams();
  const { data, error, refetch } = useAsk('import.get', { importId }, { keep: true });
  const busy = data?.status === 'running' || data?.status === 'undoing';
  useAsk('import.get', { importId }, { enabled: busy, everyMs: 1000, keep: true });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const { filename, status, rows, sheet, encoding } = data;
  return (
    <Page
      wide
      name={filename}
      title={
        <>
          {filename} <Tag color={statusColors[status]}>{statusWords[status]}</Tag>
        </>
      }
      note={
        <>
          <Link to="/imports">Imports</Link> · {count(rows)} rows
          {sheet && ` · sheet ${sheet}`}
          {encoding && encoding !== 'utf-8' && ` · ${encoding}`} · brought by {data.by}
        </>
      }
    >
      {status === 'ready' ? <Prepare key={importId} file={data} /> : <Outcome file={data} />}
    </Page>
  );
}
