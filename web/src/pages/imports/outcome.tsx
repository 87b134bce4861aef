/** An import that has begun: how far it is, what it has brought, and the ways back. */
import { Button, Popconfirm, Progress } from 'antd';
import { Link } from 'react-router';
import { Panel } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';
import { Leftovers } from './leftovers.tsx';
import { count, type Import, outcomes } from './words.ts';
import '../../styles/ledger.css';

export function Outcome({ file }: { file: Import }) {
  const { status, rows, done, counts, given, removed, stayed, problem, finishedAt } = file;
  const busy = status === 'running' || status === 'undoing';
  const part = rows ? Math.min(100, Math.floor((done / rows) * 100)) : 100;
  return (
    <>
      {busy && (
        <div className="import-progress" role="status">
          <Progress percent={part} status="active" />
          <p>
            {count(done)} of {count(rows)} rows {status === 'undoing' ? 'taken back' : 'done'}. It goes on
            when you leave this page.
          </p>
        </div>
      )}
      {problem && (
        <p className="import-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="ledger">
        {status === 'undone' || status === 'undoing' ? (
          <>
            <Figure label="Taken back" value={removed} />
            <Figure label="Stay" value={stayed} alarm={stayed > 0} />
          </>
        ) : (
          outcomes
            .filter(([key]) => key === 'opened' || counts[key])
            .map(([key, label]) => (
              <Figure key={key} label={label} value={counts[key]} alarm={key === 'bad'} />
            ))
        )}
      </div>
      {stayed > 0 && status === 'undone' && <Leftovers importId={file.id} />}
      {given.length > 0 && !/undo/.test(status) && (
        <Panel id="given" title="Given to">
          <ul className="import-given">
            {given.map(({ name, count: n }) => (
              <li key={name}>
                {name} <strong>{count(n)}</strong>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Actions file={file} />
      {finishedAt && (
        <p className="import-hint">
          Finished <When at={finishedAt} />.{' '}
          {counts.opened > 0 && !/undo/.test(status) && <Link to="/leads">See the leads</Link>}
        </p>
      )}
    </>
  );
}

function Actions({ file: { id: importId, status, mine, counts } }: { file: Import }) {
  const stop = useAct('import.stop', 'Stopped. What is done stays.');
  const resume = useAct('import.resume');
  const undo = useAct('import.undo');
  const halted = status === 'stopped' || status === 'failed';
  return (
    <div className="import-go">
      {status === 'running' && (
        <Button danger loading={stop.busy} onClick={() => void stop.act({ importId })}>
          Stop
        </Button>
      )}
      {halted && mine && (
        <Button type="primary" loading={resume.busy} onClick={() => void resume.act({ importId })}>
          Go on
        </Button>
      )}
      {counts.bad > 0 && (
        <Button href={`/api/imports/${importId}/errors.csv`} download>
          Error file ({count(counts.bad)})
        </Button>
      )}
      {(halted || status === 'done') && (
        <Popconfirm
          title="Take this import back?"
          description="Leads and enquiries that nobody has gone on with are removed. You are told what stays."
          okText="Take back"
          onConfirm={() => void undo.act({ importId })}
        >
          <Button loading={undo.busy}>Undo the import</Button>
        </Popconfirm>
      )}
    </div>
  );
}

const Figure = ({ label, value, alarm }: { label: string; value: number; alarm?: boolean }) => (
  <div className="figure" data-alarm={Boolean(alarm && value)}>
    <strong>{count(value)}</strong>
    <span>{label}</span>
  </div>
);
