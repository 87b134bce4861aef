/** What of an undone import stayed, with the reason; the first page of it. */
import { Link } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { Panel } from '../../shared/page.tsx';

export function Leftovers({ importId }: { importId: string }) {
  const { data } = useAsk('import.leftovers', { importId });
  if (!data?.rows.length) return null;
  return (
    <Panel id="stayed" title="What stays">
      <ul className="import-stayed">
        {data.rows.slice(0, 100).map(({ n, why, lead }) => (
          <li key={n}>
            {lead ? (
              <Link to={`/leads/${lead.id}`}>
                #{lead.number} {lead.name}
              </Link>
            ) : (
              <span>Row {n}</span>
            )}
            <span>{why}</span>
          </li>
        ))}
      </ul>
      {(data.nextPage !== undefined || data.rows.length > 100) && <p className="import-hint">… and more.</p>}
    </Panel>
  );
}
