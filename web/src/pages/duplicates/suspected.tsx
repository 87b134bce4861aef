/** On a lead: whom its client may be the same as. Nothing where nobody is suspected, or none of it is the reader's to know. */
import { Link } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Panel } from '../../shared/page.tsx';
import '../../styles/duplicates.css';

export function Suspected({ contactId }: { contactId: string }) {
  const { may } = useSession();
  const { data } = useAsk('duplicate.list', { contactId, limit: 5 }, { enabled: may('lead.merge') });
  if (!data?.items.length) return null;
  return (
    <Panel id="suspected" title="Perhaps here twice" tone="waits">
      <ul className="suspected">
        {data.items.map(({ id, a, b, score }) => {
          const other = a.contactId === contactId ? b : a;
          return (
            <li key={id}>
              <Link to={`/duplicates/${contactId}/${other.contactId}`}>
                {other.lead ? `#${other.lead.number} ` : ''}
                {other.name}
              </Link>{' '}
              <span className="pair-score">{Math.round(score * 100)} %</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
