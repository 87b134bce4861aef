import { Button, Dropdown, Segmented, Select, Tooltip } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import type { Input, Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useAct } from '../../shared/use-act.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { When } from '../../shared/when.tsx';
import { Chart } from './chart.tsx';
import type { Report } from './reports.tsx';
import { SheetTable } from './sheet-table.tsx';

type Period = NonNullable<Input<'report.run'>['period']>;
type Kind = NonNullable<Input<'report.run'>['chart']>;
export const periods: { value: Extract<Period, string>; label: string }[] = [
  { value: 'today', label: 'Today' },
  { value: 'yesterday', label: 'Yesterday' },
  { value: 'tomorrow', label: 'Tomorrow' },
  { value: 'this-week', label: 'This week' },
  { value: 'last-week', label: 'Last week' },
  { value: 'this-month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
  { value: 'this-year', label: 'This year' },
  { value: 'last-year', label: 'Last year' },
  { value: 'this-financial-year', label: 'This financial year' },
  { value: 'last-financial-year', label: 'Last financial year' },
  { value: 'last-7-days', label: 'Last 7 days' },
  { value: 'last-30-days', label: 'Last 30 days' },
];

export function ReportView({ report, onEdit }: { report: Report; onEdit?: () => void }) {
  const own = typeof report.spec.period === 'string' ? report.spec.period : undefined;
  const [period, setPeriod] = useState<Period | undefined>(own as Period | undefined);
  const [kind, setKind] = useState<Kind>(report.spec.chart ?? 'bar');
  const asked = { key: report.key, ...(period && { period }), chart: kind };
  const { data, error, refetch } = useAsk('report.run', asked, { keep: true });
  return (
    <article className="report panel" aria-label={report.title}>
      <header className="report-head">
        <div>
          <h2>{report.title}</h2>
          <p className="page-note">
            {data?.sheet.subtitle ?? ' '}
            {report.about && ` · ${report.about}`}
          </p>
        </div>
        <div className="report-tools">
          <Select
            aria-label="Period"
            value={period as string}
            options={periods}
            onChange={(value) => setPeriod(value as Period)}
          />
          {!report.spec.list && (
            <Segmented
              aria-label="Chart"
              value={kind}
              onChange={(value) => setKind(value as Kind)}
              options={[
                { value: 'bar', label: 'Bar' },
                { value: 'pie', label: 'Pie' },
                { value: 'line', label: 'Line' },
              ]}
            />
          )}
          <Download asked={asked} />
          {onEdit && <Button onClick={onEdit}>Edit</Button>}
        </div>
      </header>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting />
      ) : (
        <>
          {data.chart && <Chart option={data.chart} label={`${report.title}, as a chart`} />}
          <SheetTable sheet={data.sheet} />
        </>
      )}
      {report.send && (
        <p className="report-sent">
          Goes out by itself to {report.send.to.join(', ')}: {cadence(report.send)}
          {report.nextAt && (
            <>
              , next <When at={report.nextAt} />
            </>
          )}
        </p>
      )}
    </article>
  );
}

const cadence = ({ every, at }: NonNullable<Report['send']>): string =>
  every === 'hour' ? 'every hour' : `every ${every.replace('-', ' ')} at ${at}`;

function Download({ asked }: { asked: Input<'report.freeze'> }) {
  const { may } = useSession();
  const { act, busy } = useAct('report.freeze');
  if (!may('report.freeze')) return null;
  const take = async (format: Input<'report.file'>['format']) => {
    const kept = await act(asked);
    if (kept) save(await ask('report.file', { runId: kept.runId, format }));
  };
  return (
    <Tooltip title="The file holds exactly these numbers">
      <Dropdown
        menu={{
          items: [
            { key: 'pdf', label: 'PDF' },
            { key: 'xlsx', label: 'Excel' },
            { key: 'csv', label: 'CSV' },
          ],
          onClick: ({ key }) => void take(key as 'pdf'),
        }}
      >
        <Button loading={busy}>Download</Button>
      </Dropdown>
    </Tooltip>
  );
}

function save({ filename, mime, base64 }: Output<'report.file'>): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: mime }));
  const link = Object.assign(document.createElement('a'), { href: address, download: filename });
  link.click();
  URL.revokeObjectURL(address);
}
