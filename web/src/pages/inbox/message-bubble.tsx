import {
  CheckCircleFilled,
  CheckOutlined,
  ClockCircleOutlined,
  EnvironmentOutlined,
  ExclamationCircleFilled,
  RobotOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Message } from '../../api/operations.ts';
import { When } from '../../shared/when.tsx';
import { ContactCards } from './contact-cards.tsx';
import { EngineMark } from './engine-mark.tsx';
import { Files, type StoredFile } from './files.tsx';

/** Customer at the left; the bot and colleagues at the right, told apart by name and colour. */
type Props = { message: Message; conversationId: string; files?: StoredFile[] };

export function MessageBubble({ message, conversationId, files }: Props) {
  const { author } = message;
  return (
    <article
      className="message"
      data-direction={message.direction}
      data-author={author.kind}
      data-failed={message.status === 'failed'}
    >
      <div className="bubble">
        <Body message={message} conversationId={conversationId} files={files} />
      </div>
      <footer>
        {message.direction === 'out' && (
          <span className="message-by">
            {author.kind === 'bot' ? (
              <>
                <RobotOutlined aria-hidden /> Bot
              </>
            ) : (
              (author.name ?? 'Colleague')
            )}
          </span>
        )}
        <When at={message.at} as="clock" />
        {message.decided && <EngineMark decided={message.decided} />}
        {message.direction === 'out' && <Delivery status={message.status} error={message.error} />}
      </footer>
    </article>
  );
}

function Body({ message, conversationId, files }: Props) {
  const { content, text } = message;
  const words = text && <p dir="auto">{text}</p>;
  if (content?.kind === 'media') {
    const caption = 'caption' in content ? content.caption : 'text' in content ? content.text : undefined;
    return (
      <>
        <Files conversationId={conversationId} message={message} files={files} />
        {caption && <p dir="auto">{caption}</p>}
      </>
    );
  }
  if (content?.kind === 'contact')
    return <ContactCards cards={'contacts' in content ? content.contacts : [content.contact]} />;
  if (content?.kind === 'location')
    return (
      <a
        className="message-file"
        href={`https://www.google.com/maps/search/?api=1&query=${content.latitude},${content.longitude}`}
        target="_blank"
        rel="noreferrer"
      >
        <EnvironmentOutlined aria-hidden /> {content.name ?? 'Location'}
        <small>Open the map</small>
      </a>
    );
  const choices = content?.kind === 'text' && 'choices' in content ? content.choices : undefined;
  return (
    <>
      {words || <p className="none">(no text)</p>}
      {choices?.length ? (
        <span className="message-choices">
          {choices.map(({ label, value }) => (
            <span key={value}>{label}</span>
          ))}
        </span>
      ) : null}
    </>
  );
}

const states: Record<string, { label: string; icon: ReactNode }> = {
  queued: { label: 'On its way', icon: <ClockCircleOutlined aria-hidden /> },
  sending: { label: 'On its way', icon: <ClockCircleOutlined aria-hidden /> },
  sent: { label: 'Sent', icon: <CheckOutlined aria-hidden /> },
  delivered: { label: 'Delivered', icon: <CheckCircleFilled aria-hidden /> },
  read: { label: 'Read', icon: <CheckCircleFilled className="read" /> },
  failed: { label: 'Not delivered', icon: <ExclamationCircleFilled aria-hidden /> },
};

function Delivery({ status, error }: { status: string; error?: string }) {
  const state = states[status];
  if (!state) return null;
  return (
    <span className="delivery" data-status={status} title={error ?? state.label}>
      {state.icon}{' '}
      <span className="delivery-word">
        {status === 'failed' ? `Not delivered${error ? `: ${error}` : ''}` : state.label}
      </span>
    </span>
  );
}
