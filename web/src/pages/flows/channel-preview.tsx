/** How words look where the customer reads them, with what fits there. Fields are filled with examples. */
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { useSettled } from '../../shared/use-settled.ts';
import { filled } from './words.ts';

type Shown = Output<'flow.preview'>['items'][number];

export function ChannelPreview({ text, labels }: { text: string; labels: string[] }) {
  const { brand } = useSession();
  const words = useSettled(filled(text, brand) || '…');
  const pressed = useSettled(labels.join('\n')).split('\n').filter(Boolean);
  const { data, error } = useAsk('flow.preview', { text: words, labels: pressed }, { keep: true });
  if (error) return <p className="late">No preview: {error.message}</p>;
  return (
    <ul className="previews" aria-label="How it looks on each channel" aria-busy={!data}>
      {(data?.items ?? []).map((shown) => (
        <li key={shown.channel} aria-label={shown.channel}>
          <span className="preview-head">
            <ChannelIcon channel={shown.channel} withLabel />
            <small data-over={isOver(shown, pressed)}>{limitWords(shown, pressed)}</small>
          </span>
          <span className="preview-bubble">{shown.text}</span>
          {shown.choices.length > 0 && (
            <span className="preview-choices" data-kind={shown.kind}>
              {shown.choices.map(({ label, description }) => (
                <span key={label}>
                  {label}
                  {description && <small>{description}</small>}
                </span>
              ))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Nothing to press although the channel has something to press. */
const isOver = ({ kind, limits }: Shown, labels: string[]) =>
  labels.length > 0 && kind === 'text' && Boolean(limits.buttons ?? limits.list);

function limitWords(shown: Shown, labels: string[]): string {
  const { kind, limits, segments } = shown;
  if (shown.channel === 'telephony') return 'spoken, answered by digits or words';
  if (segments) return segments === 1 ? 'one SMS' : `${segments} parts, charged as ${segments} SMS`;
  if (!labels.length) return `up to ${limits.text.toLocaleString('en-IN')} characters`;
  const { buttons, list } = limits;
  if (kind === 'buttons') return `buttons: up to ${buttons?.max}, each ${buttons?.label} characters`;
  if (kind === 'list') return `a list: more than ${buttons?.max} buttons of ${buttons?.label} characters`;
  if (isOver(shown, labels))
    return `numbered lines: no more than ${list?.rows ?? buttons?.max} of ${list?.label ?? buttons?.label} characters can be pressed`;
  return 'numbered lines: nothing can be pressed here';
}
