import { Link } from 'react-router';
import type { Enquiry } from '../../api/operations.ts';

const links: Record<string, (id: string) => string> = {
  Lead: (id) => `/leads/${id}`,
  Enquiry: (id) => `/enquiries/${id}`,
};

/** Which rule, which record it matched, how sure. */
export function Evidence({ items }: { items: Enquiry['evidence'] }) {
  if (!items.length) return <p className="none">No evidence was kept.</p>;
  return (
    <ul className="evidence">
      {items.map(({ rule, score, text, matched }) => {
        const link = matched && links[matched.kind]?.(matched.id);
        return (
          <li key={rule + text}>
            <span className="score" title={`Rule ${rule}`}>
              {Math.round(score * 100)} %
            </span>
            <span>
              {text} {matched && (link ? <Link to={link}>{matched.label}</Link> : <em>{matched.label}</em>)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
