/** Slack's way of writing text. Source: docs.slack.dev/messaging/formatting-message-text. */

/** What we send: the three characters that mean something to Slack. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * What a person typed, from what Slack made of it: links, addresses and numbers that it marked up become what was
 * typed again. Mentions of people stay `<@U123|name>`: only Slack's id tells who is meant.
 */
export function unescaped(text: string): string {
  return text
    .replace(
      /<(?!@)([^<>|]*)(?:\|([^<>]*))?>/g,
      (_, target: string, label?: string) => label ?? plain(target),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** `<tel:+9198…>`, `<mailto:a@b>`, `<#C12>`, `<!here>`, `<https://…>` */
const plain = (target: string): string => target.replace(/^(?:tel:|mailto:|!)/, '');
