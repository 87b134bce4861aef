import { GlobalOutlined } from '@ant-design/icons';
import type { Conversation } from '../../api/operations.ts';

/** Where a visitor came from, and where on our site they are. */
export function Origin({ talk }: { talk: Conversation }) {
  const { origin } = talk;
  if (!origin?.page && !origin?.onPage) return null;
  const now = origin.onPage && origin.onPage !== origin.page ? origin.onPage : undefined;
  return (
    <p className="thread-origin">
      <GlobalOutlined aria-hidden />{' '}
      {origin.page && (
        <>
          Came on <Page url={origin.page} title={origin.title} />
        </>
      )}
      {origin.referrer && <> from {hostOf(origin.referrer)}</>}
      {origin.campaign && <> · campaign {origin.campaign}</>}
      {now && (
        <>
          {' '}
          · now on <Page url={now} title={origin.onTitle} />
        </>
      )}
    </p>
  );
}

/** An address that a stranger's browser told: only the web is linked. */
function Page({ url, title }: { url: string; title?: string }) {
  const words = title || url.replace(/^https?:\/\//, '').replace(/\?.*$/, '');
  return /^https?:\/\//.test(url) ? (
    <a href={url} target="_blank" rel="noreferrer nofollow" title={url}>
      {words}
    </a>
  ) : (
    <span>{words}</span>
  );
}

const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url;
