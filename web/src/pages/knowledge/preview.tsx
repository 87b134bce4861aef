/** How the bot says it, on each channel, and what will be cut there. */
import { useAsk } from '../../api/use-ask.ts';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { useSettled } from '../../shared/use-settled.ts';

type Said = { title: string; text: string; links: { label: string; url: string }[]; language: string };

export function Preview(said: Said) {
  const settled = useSettled(
    JSON.stringify({ ...said, links: said.links.filter(({ label, url }) => label && url) }),
  );
  const { data, error } = useAsk('knowledge.preview', JSON.parse(settled) as Said, { keep: true });
  if (error) return <p className="late">No preview: {error.message}</p>;
  return (
    <ul className="previews" aria-label="How it looks on each channel" aria-busy={!data}>
      {(data?.items ?? []).map(({ channel, text, limit, cut }) => (
        <li key={channel} aria-label={channel}>
          <span className="preview-head">
            <ChannelIcon channel={channel} withLabel />
            <small data-over={cut}>
              {cut
                ? `cut at ${limit.toLocaleString('en-IN')} characters`
                : `up to ${limit.toLocaleString('en-IN')} characters`}
            </small>
          </span>
          <span className="preview-bubble">{text}</span>
        </li>
      ))}
    </ul>
  );
}
