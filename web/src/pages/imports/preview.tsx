/** Twenty rows with what each would become and why, or what is wrong with it. */
import { Skeleton, Tag } from 'antd';
import type { Output } from '../../api/operations.ts';
import { Failure } from '../../shared/failure.tsx';
import { actionWords, type Plan } from './words.ts';

type Data = Output<'import.preview'>;
type Row = Data['rows'][number];
const colors: Record<string, string | undefined> = {
  new: 'green',
  reengaged: 'blue',
  duplicate: 'gold',
  junk: undefined,
};

export function Preview({
  preview,
  error,
  busy,
  plan,
}: {
  preview?: Data;
  error: Error | null;
  busy: boolean;
  plan: Plan;
}) {
  if (error) return <Failure error={error} />;
  if (!preview) return <Skeleton active paragraph={{ rows: 6 }} title={false} />;
  if (!preview.rows.length) return <p className="import-hint">There is no row under the header.</p>;
  const shown = [...new Set(plan.mapping.filter((target) => target !== null))];
  return (
    <ol className="import-preview" aria-busy={busy} aria-label="Preview">
      {preview.rows.map((row) => (
        <li key={row.n} data-bad={row.problems.length > 0}>
          <span className="import-n">{row.n}</span>
          <div className="import-said">
            {shown.map((target) => row.fields[target] && <span key={target}>{row.fields[target]}</span>)}
          </div>
          <Becomes row={row} />
        </li>
      ))}
    </ol>
  );
}

function Becomes({ row }: { row: Row }) {
  if (row.problems.length)
    return (
      <div className="import-becomes">
        <Tag color="error">Kept aside</Tag>
        {row.problems.map(({ field, message }) => (
          <p key={field + message}>
            {field}: {message}
          </p>
        ))}
      </div>
    );
  return (
    <div className="import-becomes">
      <Tag color={colors[row.verdict ?? '']}>{row.verdictLabel}</Tag>
      {row.action && row.action !== 'opened' && <strong>{actionWords[row.action]}</strong>}
      {row.verdict !== 'new' && row.evidence.map(({ rule, text }) => <p key={rule + text}>{text}</p>)}
    </div>
  );
}
