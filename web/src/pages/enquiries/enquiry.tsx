/** An enquiry beside the record it was held to repeat. */
import { Link, useParams } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { When } from '../../shared/when.tsx';
import { Evidence } from './evidence.tsx';
import { Overrule } from './overrule.tsx';
import '../../styles/enquiry.css';

export default function EnquiryPage() {
  const { enquiryId = '' } = useParams();
  const { data: enquiry, error, refetch } = useAsk('enquiry.get', { enquiryId });
  const { data: compared } = useAsk('enquiry.compare', { enquiryId });
  if (error && !enquiry) return <Failure error={error} retry={() => void refetch()} />;
  if (!enquiry) return <Waiting />;
  const beside = compared?.fields.some(({ existing }) => existing !== undefined);
  return (
    <Page
      title={`Enquiry of ${enquiry.name ?? enquiry.phone ?? enquiry.email ?? 'somebody unknown'}`}
      note={
        <>
          <When at={enquiry.at} /> by {enquiry.source}
          {enquiry.leadId && (
            <>
              {' · '}
              <Link to={`/leads/${enquiry.leadId}`}>Lead #{enquiry.leadNumber}</Link>
            </>
          )}
          {enquiry.conversationId && (
            <>
              {' · '}
              <Link to={`/inbox/${enquiry.conversationId}`}>Conversation</Link>
            </>
          )}
        </>
      }
      actions={<Overrule enquiry={enquiry} />}
    >
      <Panel id="why" title="Why this verdict">
        <Evidence items={enquiry.evidence} />
        {enquiry.overruled?.note && <p className="form-note">{enquiry.overruled.note}</p>}
      </Panel>
      <Panel id="compare" title={beside ? 'Side by side' : 'What came in'}>
        {compared?.fields.length ? (
          <table className="compare">
            <thead>
              <tr>
                <th>
                  <span className="sr-only">Field</span>
                </th>
                <th>This enquiry</th>
                {beside && (
                  <th>
                    {compared.leadId ? (
                      <Link to={`/leads/${compared.leadId}`}>Lead #{compared.leadNumber}</Link>
                    ) : (
                      'Known record'
                    )}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {compared.fields.map(({ field, label, incoming, existing, same }) => (
                <tr key={field} data-same={same}>
                  <th scope="row">{label}</th>
                  <td>{incoming ?? <span className="none">–</span>}</td>
                  {beside && (
                    <td>
                      {existing ?? <span className="none">–</span>}{' '}
                      {same && incoming && <span className="same">same</span>}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <Nothing title="Nothing to compare" />
        )}
        {enquiry.note && (
          <blockquote className="enquiry-note" dir="auto">
            {enquiry.note}
          </blockquote>
        )}
      </Panel>
    </Page>
  );
}
