/** The conversations that the bot can hold, what is offered of each, and what is being changed. */
import { Tag } from 'antd';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';
import { localeWord } from './words.ts';
import '../../styles/flows.css';

type Flow = Output<'flow.list'>['items'][number];

const columns: Column<Flow>[] = [
  {
    key: 'title',
    title: 'Flow',
    width: '34%',
    card: 'title',
    render: ({ title, begins }) => (
      <span className="flow-name">
        <strong>{title}</strong> {begins && <Tag color="green">Every new conversation</Tag>}
      </span>
    ),
  },
  { key: 'steps', title: 'Steps', width: '9%', card: 'line', render: ({ steps }) => steps },
  {
    key: 'locales',
    title: 'Languages',
    render: ({ locales }) => locales.map(localeWord).join(', '),
  },
  {
    key: 'source',
    title: 'Offered',
    width: '16%',
    card: 'aside',
    render: ({ source }) => (source === 'files' ? 'As delivered' : 'Published here'),
  },
  {
    key: 'draft',
    title: 'Being changed',
    width: '22%',
    render: ({ draft }) =>
      draft ? (
        <span>
          {draft.by}, <When at={draft.at} />
          {draft.faults > 0 && <span className="late"> · {draft.faults} to mend</span>}
        </span>
      ) : (
        <span className="none">No</span>
      ),
  },
];

export default function Flows() {
  const { data, error, refetch } = useAsk('flow.list', {});
  return (
    <Page wide title="Flows" note="What the bot says, how far people come, and what it brings.">
      <Records<Flow & { id?: string }>
        label="Flows"
        columns={columns}
        items={data?.items.toSorted((a, b) => Number(b.begins) - Number(a.begins))}
        keyOf={({ name }) => name}
        href={({ name }) => `/flows/${name}`}
        error={error}
        retry={() => void refetch()}
        empty={
          <Nothing
            title="No flows yet"
            hint="A flow is a folder under config/flows; the guide shows how to add one."
          />
        }
      />
    </Page>
  );
}
