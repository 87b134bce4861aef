/** Chat text with *bold* and links (`<https://…|label>` as Slack writes them), built as nodes, never as HTML. */
const parts = /\*([^*\n]+)\*|<(https?:\/\/[^|>\s]+)(?:\|([^>]+))?>|(https?:\/\/[^\s<>"']+)/g;

export function rich(text: string): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const match of text.matchAll(parts)) {
    nodes.push(document.createTextNode(text.slice(from, match.index)));
    const [whole, bold, url, label, bare] = match;
    nodes.push(
      bold
        ? Object.assign(document.createElement('b'), { textContent: bold })
        : linkTo(url ?? bare!, label ?? url ?? bare!),
    );
    from = match.index + whole.length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

function linkTo(url: string, label: string): HTMLAnchorElement {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  // Links into the console open on the address that this page came from.
  const own =
    target && ['127.0.0.1', 'localhost'].includes(target.hostname) ? target.pathname + target.search : url;
  return Object.assign(document.createElement('a'), {
    href: own,
    textContent: label,
    target: '_blank',
    rel: 'noopener',
  });
}

export const clock = (at: string | number): string =>
  new Date(at).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
