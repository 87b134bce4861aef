import { Link } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { Panel } from '../../shared/page.tsx';
import { When } from '../../shared/when.tsx';
import { Evidence } from '../enquiries/evidence.tsx';
import { Overrule } from '../enquiries/overrule.tsx';
import '../../styles/enquiry.css';

/** Why this lead is new, re-engaged, a duplicate or junk; wrong ones are put right in one tap. */
export function VerdictPanel({ leadId }: { leadId: string }) {
  const { data } = useAsk('enquiry.list', { leadId, limit: 10 });
  if (!data?.items.length) return null;
  return (
    <Panel id="verdict" title="Enquiries" count={data.total}>
      <ul className="enquiries">
        {data.items.map((enquiry) => (
          <li key={enquiry.id}>
            <div className="enquiry-head">
              <Overrule enquiry={enquiry} />
              <When at={enquiry.at} />
              <Link to={`/enquiries/${enquiry.id}`}>Compare</Link>
            </div>
            <Evidence items={enquiry.evidence} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
