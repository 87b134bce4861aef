import { IdcardOutlined } from '@ant-design/icons';

type Card = { name: string; company?: string; phones: string[]; emails: string[] };

/** Contact cards that were sent: their numbers ring, their addresses open a mail. */
export function ContactCards({ cards }: { cards: Card[] }) {
  return (
    <>
      {cards.map(({ name, company, phones, emails }) => (
        <span key={[name, ...phones, ...emails].join()} className="message-card">
          <IdcardOutlined aria-hidden />
          <span>
            <strong>{name || 'Contact'}</strong>
            {company && <small>{company}</small>}
            {phones.map((phone) => (
              <a key={phone} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
                {phone}
              </a>
            ))}
            {emails.map((email) => (
              <a key={email} href={`mailto:${email}`}>
                {email}
              </a>
            ))}
          </span>
        </span>
      ))}
    </>
  );
}
