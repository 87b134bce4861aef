import {
  CheckCircleFilled,
  CheckOutlined,
  ClockCircleOutlined,
  EnvironmentOutlined,
  ExclamationCircleFilled,
  FileOutlined,
  RobotOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Message } from '../../api/operations.ts';
import { When } from '../../shared/when.tsx';
import { EngineMark } from './engine-mark.tsx';

/** Customer at the left; the bot and colleagues at the right, told apart by name and colour. */
export function MessageBubble({ message }: { message: Message }) {
  const { author } = message;
  return (
    <article
      className="message"
      data-direction={message.direction}
      data-author={author.kind}
      data-failed={message.status === 'failed'}
    >
      <div className="bubble">
        <Body message={message} />
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

function Body({ message }: { message: Message }) {
  const { content, text } = message;
  const words = text && <p dir="auto">{text}</p>;
  if (content?.kind === 'media') {
    const media = Array.isArray(content.media) ? content.media : [content.media];
    return (
      <>
        {media.map((item) => (
          <span key={item.id ?? item.url ?? item.filename} className="message-file">
            <FileOutlined aria-hidden /> {item.filename ?? item.type}
          </span>
        ))}
        {words}
      </>
    );
  }
  if (content?.kind === 'location')
    return (
      <>
        <span className="message-file">
          <EnvironmentOutlined aria-hidden /> {content.name ?? 'Location'}
        </span>
        {words}
      </>
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
