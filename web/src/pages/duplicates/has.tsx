import { Link } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { grouped } from '../../shared/phone.ts';
import { When } from '../../shared/when.tsx';

/** All there is of a contact that the reader may see. */
export function Has({ side }: { side: Output<'contact.compare'>['keep'] }) {
  const { contact, leads, conversations, appointments, tickets } = side;
  const addresses = contact.identities.filter(({ scheme }) => scheme === 'phone' || scheme === 'email');
  return (
    <section className="has" aria-label={contact.name}>
      <h3>{contact.name}</h3>
      <ul>
        {addresses.map(({ scheme, value }) => (
          <li key={value}>{scheme === 'phone' ? grouped(value) : value}</li>
        ))}
        {leads.map(({ id, number, stageLabel, product }) => (
          <li key={id}>
            <Link to={`/leads/${id}`}>Lead #{number}</Link>{' '}
            {[stageLabel, product].filter(Boolean).join(' · ')}
          </li>
        ))}
        {conversations.map(({ id, channel, preview, lastMessageAt, optedOut }) => (
          <li key={id}>
            <Link to={`/inbox/${id}`}>
              <ChannelIcon channel={channel} /> {preview || 'Conversation'}
            </Link>{' '}
            <When at={lastMessageAt} as="ago" />
            {optedOut && <em> · has said stop</em>}
          </li>
        ))}
        {appointments.map(({ id, kind, status, startsAt }) => (
          <li key={id}>
            {kind}, {status}: <When at={startsAt} />
          </li>
        ))}
        {tickets.map(({ id, number, subject, statusLabel }) => (
          <li key={id}>
            <Link to={`/tickets/${id}`}>{number}</Link> {subject} · {statusLabel}
          </li>
        ))}
      </ul>
      {contact.identities.length > 1 && (
        <Link to={`/duplicates/split/${contact.id}`}>These are two people: split</Link>
      )}
    </section>
  );
}
