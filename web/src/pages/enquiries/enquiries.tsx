/** What came in, with its verdict: the duplicates to look at, the junk to rescue from. */
import { Segmented } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { Enquiry } from '../../api/operations.ts';
import { Dash } from '../../shared/lead-bits.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { grouped } from '../../shared/phone.ts';
import { type Column, Records } from '../../shared/records.tsx';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { When } from '../../shared/when.tsx';
import { Overrule } from './overrule.tsx';
import '../../styles/leads.css';

const columns: Column<Enquiry>[] = [
  {
    key: 'name',
    title: 'From',
    card: 'title',
    width: '16%',
    render: ({ name, phone, email }) => (
      <strong>{name ?? (phone && grouped(phone)) ?? email ?? 'Unknown'}</strong>
    ),
  },
  {
    key: 'verdict',
    title: 'Verdict',
    card: 'aside',
    width: 150,
    render: (enquiry) => <Overrule enquiry={enquiry} />,
  },
  {
    key: 'why',
    title: 'Why',
    width: '30%',
    render: ({ evidence }) => <span className="wrap">{evidence[0]?.text ?? '–'}</span>,
  },
  {
    key: 'product',
    title: 'Looking for',
    render: ({ product, note }) =>
      product || note ? <span className="clip">{product ?? note}</span> : <Dash />,
  },
  { key: 'source', title: 'Source', width: 110, render: ({ source }) => source },
  {
    key: 'lead',
    title: 'Lead',
    width: 80,
    render: ({ leadId, leadNumber }) =>
      leadId ? <Link to={`/leads/${leadId}`}>#{leadNumber}</Link> : <Dash />,
  },
  { key: 'at', title: 'Came in', width: 84, render: ({ at }) => <When at={at} as="ago" /> },
];
const filters = [
  { value: 'any', label: 'All' },
  { value: 'new', label: 'New' },
  { value: 'reengaged', label: 'Re-engaged' },
  { value: 'duplicate', label: 'Duplicate' },
  { value: 'junk', label: 'Junk' },
];

export default function Enquiries() {
  const [params, setParams] = useSearchParams();
  const verdict = params.get('verdict') ?? 'any';
  const list = useCursorList<Enquiry>('enquiry', verdict === 'any' ? {} : { verdict });
  return (
    <Page wide title="Enquiries" note="Each was checked on arrival. Press a verdict to correct it.">
      <div className="filters scroll-x">
        <Segmented
          options={filters}
          value={verdict}
          onChange={(value) =>
            setParams(value === 'any' ? {} : { verdict: String(value) }, { replace: true })
          }
        />
      </div>
      <Records<Enquiry>
        label="Enquiries"
        columns={columns}
        items={list.items}
        total={list.total}
        error={list.error}
        retry={list.refetch}
        more={list.more}
        href={({ id }) => `/enquiries/${id}`}
        empty={
          <Nothing
            title={verdict === 'any' ? 'No enquiries yet' : 'None with this verdict'}
            hint="Every message that asks for something becomes one, with the reason for its verdict."
          />
        }
      />
    </Page>
  );
}
