/** Files of a message: pictures and players in the talk, the rest to open; how it stands with what cannot be opened. */
import {
  ClockCircleOutlined,
  FileOutlined,
  ReloadOutlined,
  SafetyCertificateOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { Message, Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { useAct } from '../../shared/use-act.ts';

export type StoredFile = Output<'file.list'>['items'][number];

const isFile = ({ content }: Message) => content?.kind === 'media';

/** By message; the addresses are asked anew before they run out. */
export function useFiles(conversationId: string, messages: Message[] | undefined): Map<string, StoredFile[]> {
  const { data } = useAsk(
    'file.list',
    { conversationId },
    { enabled: messages?.some(isFile) ?? false, everyMs: 10 * 60_000 },
  );
  return Map.groupBy(data?.items ?? [], ({ messageId }) => messageId ?? '');
}

export function Files({
  conversationId,
  message,
  files = [],
}: {
  conversationId: string;
  message: Message;
  files?: StoredFile[];
}) {
  const { content } = message;
  if (content?.kind !== 'media') return null;
  const media = Array.isArray(content.media) ? content.media : [content.media];
  return (
    <>
      {media.map((item, place) => {
        const stored =
          files.find((file) => file.place === place) ?? (media.length === 1 ? files[0] : undefined);
        return stored ? (
          <Stored key={stored.id} conversationId={conversationId} file={stored} />
        ) : (
          <span key={item.id ?? item.url ?? item.filename} className="message-file">
            <FileOutlined aria-hidden /> {item.filename ?? item.type}
          </span>
        );
      })}
    </>
  );
}

function Stored({ conversationId, file }: { conversationId: string; file: StoredFile }) {
  const { filename, url, type, shown, bytes } = file;
  if (!url) return <Waits conversationId={conversationId} file={file} />;
  if (shown && type === 'image')
    return (
      <a className="message-picture" href={url} target="_blank" rel="noreferrer" title={filename}>
        <img src={`${url}?small`} alt={filename} loading="lazy" />
      </a>
    );
  if (shown && type === 'audio')
    // biome-ignore lint/a11y/useMediaCaption: what a customer recorded has no captions
    return <audio className="message-player" src={url} controls preload="metadata" aria-label={filename} />;
  if (shown && type === 'video')
    // biome-ignore lint/a11y/useMediaCaption: what a customer recorded has no captions
    return <video className="message-player" src={url} controls preload="metadata" aria-label={filename} />;
  return (
    <a className="message-file" href={url} target="_blank" rel="noreferrer">
      <FileOutlined aria-hidden /> {filename} <small>{sizeOf(bytes)}</small>
    </a>
  );
}

const icons = {
  fetching: <ClockCircleOutlined aria-hidden />,
  checking: <SafetyCertificateOutlined aria-hidden />,
  infected: <WarningOutlined aria-hidden />,
  failed: <WarningOutlined aria-hidden />,
  removed: <FileOutlined aria-hidden />,
  ready: <FileOutlined aria-hidden />,
};

function Waits({ conversationId, file }: { conversationId: string; file: StoredFile }) {
  const { may } = useSession();
  const retry = useAct('file.retry');
  const { id: fileId, state, filename, type, problem } = file;
  return (
    <span className="message-file message-file-waits" data-state={state}>
      {icons[state]} {filename || type}
      <small>{problem}</small>
      {state === 'failed' && may('file.retry') && (
        <Button
          size="small"
          icon={<ReloadOutlined aria-hidden />}
          loading={retry.busy}
          onClick={() => retry.act({ conversationId, fileId })}
        >
          Fetch again
        </Button>
      )}
    </span>
  );
}

export const sizeOf = (bytes: number | undefined): string =>
  bytes === undefined
    ? ''
    : bytes < 1_000_000
      ? `${Math.max(1, Math.round(bytes / 1000))} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;
