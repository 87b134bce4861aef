/** As Slack hands typed text on: escaped, with addresses and numbers marked up; docs.slack.dev/messaging/formatting-message-text. */
export function marked(text: string): string {
  return text
    .split(/(<@\w+(?:\|[^>]*)?>)/)
    .map((part, index) =>
      index % 2
        ? part
        : part
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;')
            .replace(/[\w.+-]+@[\w-]+\.[\w.-]+\w/g, (mail) => `<mailto:${mail}|${mail}>`)
            .replace(/\+\d{10,14}\b/g, (number) => `<tel:${number}|${number}>`),
    )
    .join('');
}
