/** One flow: its graph with what happens at each step, texts to change, a place to try them, and their publication. */
import { Alert, Button, Drawer, Select, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Page } from '../../shared/page.tsx';
import { useNarrow } from '../../shared/use-narrow.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { AllTexts } from './all-texts.tsx';
import { FaultList } from './fault-list.tsx';
import { FlowGraphView } from './flow-graph.tsx';
import { PublishDrawer } from './publish-drawer.tsx';
import { StepList } from './step-list.tsx';
import { StepPanel } from './step-panel.tsx';
import { Structure } from './structure.tsx';
import { Totals } from './totals.tsx';
import { TryOut } from './try-out.tsx';
import { usePeriod } from './use-period.ts';
import { VersionsDrawer } from './versions-drawer.tsx';
import '../../styles/flows.css';

type Side = 'step' | 'texts' | 'try' | 'structure';

export default function Flow() {
  const { name = '' } = useParams();
  const narrow = useNarrow();
  const { may } = useSession();
  const [params, setParams] = useSearchParams();
  const [side, setSide] = useState<Side>('step');
  const [sheet, setSheet] = useState(false);
  const [drawer, setDrawer] = useState<'publish' | 'versions'>();
  const [tryStep, setTryStep] = useState<string>();
  const { days, range, choose } = usePeriod();
  const flow = useAsk('flow.get', { name, draft: true }, { keep: true });
  const changes = useAsk('flow.compare', { name }, { keep: true });
  const funnel = useAsk('flow.funnel', { name, ...range }, { keep: true });
  if (flow.error && !flow.data) return <Failure error={flow.error} retry={() => void flow.refetch()} />;
  if (!flow.data || flow.data.flow.name !== name) return <Waiting rows={10} />;

  const { flow: graph, faults } = flow.data;
  const counts = new Map((funnel.data?.steps ?? []).map((count) => [count.step, count]));
  const chosen = graph.nodes.find(({ id }) => id === params.get('step'));
  const open = (id: string) => {
    setParams({ step: id }, { replace: true });
    setSide('step');
    setSheet(true);
  };
  const changed = changes.data
    ? changes.data.texts.length + changes.data.steps.length + changes.data.other.length
    : 0;
  const shared = {
    graph,
    counts,
    currency: funnel.data?.currency ?? 'INR',
    chosen: chosen?.id,
    playing: side === 'try' ? tryStep : undefined,
    changed: new Set(changedSteps(changes.data, graph)),
    onOpen: open,
  };
  const panel = (
    <Tabs
      activeKey={side}
      onChange={(key) => setSide(key as Side)}
      items={[
        {
          key: 'step',
          label: 'Step',
          children: (
            <StepPanel
              key={chosen?.id}
              node={chosen}
              graph={graph}
              count={chosen && counts.get(chosen.id)}
              funnel={funnel.data}
              onOpen={open}
            />
          ),
        },
        { key: 'texts', label: 'All texts', children: <AllTexts graph={graph} /> },
        { key: 'try', label: 'Try it', children: <TryOut name={name} onStep={setTryStep} /> },
        {
          key: 'structure',
          label: 'As text',
          children: <Structure key={`${name} ${changed > 0}`} name={name} structure={graph.structure} />,
        },
      ]}
    />
  );

  return (
    <Page
      wide
      title={graph.title}
      note={
        <>
          <Link to="/flows">All flows</Link>
          {' · '}
          {graph.nodes.length} steps
        </>
      }
      actions={
        <>
          <Select
            aria-label="Conversations of"
            value={days}
            onChange={choose}
            options={[
              { value: 7, label: 'Last 7 days' },
              { value: 30, label: 'Last 30 days' },
              { value: 90, label: 'Last 90 days' },
            ]}
          />
          {narrow && (
            <Button
              onClick={() => {
                setSide('try');
                setSheet(true);
              }}
            >
              Try it
            </Button>
          )}
          <Button onClick={() => setDrawer('versions')}>Versions</Button>
          {(changed > 0 || faults.length > 0) && (
            <Button type="primary" onClick={() => setDrawer('publish')}>
              {changed === 0
                ? 'A draft to mend'
                : changed === 1
                  ? '1 change to publish'
                  : `${changed} changes to publish`}
            </Button>
          )}
        </>
      }
    >
      {faults.length > 0 && (
        <Alert
          className="flow-faults"
          type="warning"
          showIcon
          message="The draft cannot be published before this is mended"
          description={<FaultList faults={faults} />}
        />
      )}
      {funnel.error && !funnel.data ? (
        <Failure error={funnel.error} retry={() => void funnel.refetch()} />
      ) : (
        <Totals funnel={funnel.data} />
      )}
      {narrow ? (
        <>
          <StepList {...shared} />
          <Drawer
            open={sheet}
            placement="bottom"
            height="88dvh"
            title={graph.title}
            className="flow-sheet"
            onClose={() => setSheet(false)}
          >
            {panel}
          </Drawer>
        </>
      ) : (
        <div className="flow-board">
          <FlowGraphView {...shared} />
          <aside className="panel flow-side" aria-label="The chosen step, texts and trying out">
            {panel}
          </aside>
        </div>
      )}
      {drawer === 'publish' && changes.data && (
        <PublishDrawer
          name={name}
          changes={changes.data}
          faults={faults}
          mayPublish={may('flow.publish')}
          close={() => setDrawer(undefined)}
        />
      )}
      {drawer === 'versions' && <VersionsDrawer name={name} close={() => setDrawer(undefined)} />}
    </Page>
  );
}

type Graph = Parameters<typeof StepPanel>[0]['graph'];
type Changes = Parameters<typeof PublishDrawer>[0]['changes'];
function changedSteps(changes: Changes | undefined, graph: Graph): string[] {
  const keys = new Set(changes?.texts.map(({ key }) => key));
  const said = graph.nodes.filter(({ texts }) => texts.some((key) => keys.has(key))).map(({ id }) => id);
  return [...(changes?.steps.map(({ id }) => id) ?? []), ...said];
}
