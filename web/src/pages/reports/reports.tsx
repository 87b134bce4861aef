/** The numbers: ask in words, open a report, look at it as chart and table, take it along as a file. */
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { Builder } from './builder.tsx';
import { ReportView } from './report-view.tsx';
import { SheetTable } from './sheet-table.tsx';
import '../../styles/reports.css';

export type Report = Output<'report.list'>['items'][number];

export default function Reports() {
  const { key } = useParams();
  const navigate = useNavigate();
  const { may } = useSession();
  const { data, error, refetch } = useAsk('report.list', {}, { keep: true });
  const [building, setBuilding] = useState<Report | 'new'>();
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const chosen = data.items.find((report) => report.key === key) ?? data.items[0];
  const group = (title: string, items: Report[]) =>
    items.length
      ? [{ label: title, title, options: items.map((item) => ({ value: item.key, label: item.title })) }]
      : [];
  const groups = [
    ...group(
      'Yours',
      data.items.filter(({ mine }) => mine),
    ),
    ...group(
      'Shared with you',
      data.items.filter(({ mine, builtIn }) => !mine && !builtIn),
    ),
    ...group(
      'From the product',
      data.items.filter(({ builtIn }) => builtIn),
    ),
  ];
  return (
    <Page
      title="Reports"
      note="Every number counts what you may see, the same here, in chat and on paper."
      wide
      actions={may('report.save') && <Button onClick={() => setBuilding('new')}>New report</Button>}
    >
      <AskBox />
      <div className="reports">
        <nav className="report-list" aria-label="Reports">
          {groups.map(({ label, options }) => (
            <div key={label}>
              <h3>{label}</h3>
              {options.map((option) => (
                <button
                  type="button"
                  key={option.value}
                  aria-current={option.value === chosen?.key ? 'page' : undefined}
                  onClick={() => navigate(`/reports/${option.value}`)}
                >
                  {option.label}
                </button>
              ))}
            </div>
          ))}
        </nav>
        <Select
          className="report-pick"
          aria-label="Report"
          value={chosen?.key}
          options={groups}
          onChange={(value) => navigate(`/reports/${value}`)}
        />
        {chosen ? (
          <ReportView
            key={chosen.key}
            report={chosen}
            onEdit={chosen.mine ? () => setBuilding(chosen) : undefined}
          />
        ) : (
          <Nothing title="No report" hint="Make one of your own with “New report”." />
        )}
      </div>
      {building && (
        <Builder
          report={building === 'new' ? undefined : building}
          measures={data.measures}
          close={(saved) => {
            setBuilding(undefined);
            if (saved) navigate(`/reports/${saved}`);
          }}
        />
      )}
    </Page>
  );
}

/** B6: a question, the query that was understood, and its answer; or what can be asked. */
function AskBox() {
  const [question, setQuestion] = useState('');
  const { act, busy } = useAct('report.ask');
  const [answer, setAnswer] = useState<Output<'report.ask'>>();
  const ask = async () => {
    if (question.trim()) setAnswer(await act({ question }));
  };
  return (
    <div className="report-ask">
      <Input.Search
        aria-label="Ask about the numbers"
        placeholder="How many demos did Asha do last week by source?"
        enterButton="Ask"
        maxLength={300}
        value={question}
        loading={busy}
        onChange={({ target }) => setQuestion(target.value)}
        onSearch={() => void ask()}
      />
      {answer && (
        <section className="panel report-answer" aria-live="polite">
          <p className="report-understood">Counted: {answer.understood}</p>
          <SheetTable sheet={answer.sheet} />
        </section>
      )}
    </div>
  );
}
