/** How the file is read: header, columns, what to do with whom we know. The preview below follows each change. */
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { Panel } from '../../shared/page.tsx';
import { useAct } from '../../shared/use-act.ts';
import { useSettled } from '../../shared/use-settled.ts';
import { Columns } from './columns.tsx';
import { Policy } from './policy.tsx';
import { Preview } from './preview.tsx';
import { count, type Import } from './words.ts';

export function Prepare({ file }: { file: Import }) {
  const { id: importId, rows, remembered } = file;
  const navigate = useNavigate();
  const [plan, setPlan] = useState(file.plan);
  const settled = useSettled(plan);
  const preview = useAsk('import.preview', { importId, plan: settled }, { keep: true });
  const start = useAct('import.start');
  const discard = useAct('import.discard', 'Thrown away.');
  const change = (part: Partial<typeof plan>) => setPlan({ ...plan, ...part });
  const reachable = plan.mapping.includes('phone') || plan.mapping.includes('email');
  const total = Math.max(0, rows - plan.headerRow - 1);

  return (
    <>
      {remembered && (
        <p className="import-hint">Read as the last file with this header was. Change what is different.</p>
      )}
      <Panel id="columns" title="Columns">
        <Columns file={file} plan={plan} columns={preview.data?.columns} onChange={change} />
      </Panel>
      <Panel id="policy" title="What to do">
        <Policy file={file} plan={plan} onChange={change} />
      </Panel>
      <Panel id="preview" title="The first rows would become">
        <Preview preview={preview.data} error={preview.error} busy={preview.isFetching} plan={plan} />
      </Panel>
      <div className="import-go">
        <Button
          type="primary"
          size="large"
          disabled={!reachable || !total}
          loading={start.busy}
          onClick={() => void start.act({ importId, plan })}
        >
          Import {count(total)} row{total === 1 ? '' : 's'}
        </Button>
        <Popconfirm
          title="Throw this upload away?"
          okText="Throw away"
          onConfirm={async () => (await discard.act({ importId })) && navigate('/imports')}
        >
          <Button size="large">Throw away</Button>
        </Popconfirm>
        {!reachable && <span className="import-need">Say which column is the phone or the e-mail.</span>}
        {!total && <span className="import-need">There is no row under the header.</span>}
      </div>
    </>
  );
}
