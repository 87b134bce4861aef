import { Progress } from 'antd';
import type { Output } from '../../../api/operations.ts';
import { Panel } from '../../../shared/page.tsx';
import { When } from '../../../shared/when.tsx';

/** Leads of stages that ended, on their way and arrived. */
export function Moving({ moving }: { moving: Output<'pipeline.list'>['moving'] }) {
  const recent = moving.slice(0, 3);
  if (!recent.length) return null;
  return (
    <Panel id="moving" title="Leads moved with the stages">
      <ul className="moving">
        {recent.map(({ from, to, total, moved, by, at, done }) => (
          <li key={`${at}${from}`}>
            <span>
              {from} → {to}, <When at={at} />, {by}
            </span>
            <Progress
              size="small"
              percent={total ? Math.min(100, Math.round((moved / total) * 100)) : 100}
              status={done ? 'success' : 'active'}
              format={() => `${moved} of ${Math.max(total, moved)}`}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
