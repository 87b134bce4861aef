/** How the bot says it: channels that show the same stand together, and where it would be cut that is said. */
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { ChannelIcon } from '../../shared/channel-icon.tsx';
import { useSettled } from '../../shared/use-settled.ts';

type Said = { text: string; links: { label: string; url: string }[] };
type Shown = Output<'knowledge.preview'>['items'][number];

export function Preview({ text, links }: Said) {
  const whole = links.filter(({ label, url }) => label && url);
  const settled = useSettled(JSON.stringify({ text, links: whole }));
  const { data, error } = useAsk('knowledge.preview', JSON.parse(settled) as Said, { keep: true });
  if (error) return <p className="late">No preview: {error.message}</p>;
  const alike = Object.values(Object.groupBy(data?.items ?? [], (item) => item.text)) as Shown[][];
  return (
    <ul className="previews" aria-label="How it looks on each channel" aria-busy={!data}>
      {alike.map((items) => (
        <li key={items[0]!.channel} aria-label={items.map(({ channel }) => channel).join(', ')}>
          {items.map(({ channel, limit, cut }) => (
            <span key={channel} className="preview-head">
              <ChannelIcon channel={channel} withLabel />
              {cut && <small data-over>cut at {limit.toLocaleString('en-IN')} characters</small>}
            </span>
          ))}
          <span className="preview-bubble">{items[0]!.text}</span>
        </li>
      ))}
    </ul>
  );
}
