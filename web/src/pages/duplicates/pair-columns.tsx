import type { Output } from '../../api/operations.ts';
import { grouped } from '../../shared/phone.ts';
import type { Column } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';

export type Pair = Output<'duplicate.list'>['items'][number];

const Side = ({ side }: { side: Pair['a'] }) => (
  <span className="pair-side">
    <strong>{side.name}</strong> {side.lead && <span className="number">#{side.lead.number}</span>}
    <small>
      {[side.phone && grouped(side.phone), side.email, side.company, side.city].filter(Boolean).join(' · ')}
    </small>
  </span>
);

export const pairColumns: Column<Pair>[] = [
  { key: 'a', title: 'One', card: 'title', width: '26%', render: ({ a }) => <Side side={a} /> },
  { key: 'b', title: 'Other', card: 'line', width: '26%', render: ({ b }) => <Side side={b} /> },
  {
    key: 'score',
    title: 'Score',
    card: 'aside',
    width: 70,
    render: ({ score }) => <span className="pair-score">{Math.round(score * 100)} %</span>,
  },
  {
    key: 'why',
    title: 'Why',
    render: ({ reasons }) => <span className="wrap">{reasons.map(({ text }) => text).join(' ')}</span>,
  },
  { key: 'at', title: 'Found', width: 90, render: ({ at }) => <When at={at} as="ago" /> },
];
