/** Mail that machines wrote: kept, never answered, or two machines would write to each other for ever (RFC 3834). */

/** @param header the value of a header, in any case, or undefined. @returns why it counts as automatic. */
export function whyAutomatic(header: (name: string) => string | undefined): string | undefined {
  const submitted = header('auto-submitted')?.toLowerCase();
  if (submitted && !submitted.startsWith('no')) return `Auto-Submitted: ${submitted}`;
  for (const name of [
    'list-id',
    'list-unsubscribe',
    'list-post',
    'x-autoreply',
    'x-autorespond',
    'x-auto-reply',
    'feedback-id',
  ]) {
    if (header(name)) return name;
  }
  const precedence = header('precedence')?.toLowerCase().trim();
  if (precedence && ['bulk', 'list', 'junk', 'auto_reply'].includes(precedence))
    return `Precedence: ${precedence}`;
  const suppress = header('x-auto-response-suppress')?.toLowerCase();
  if (suppress && /\b(all|autoreply)\b/.test(suppress)) return `X-Auto-Response-Suppress: ${suppress}`;
  // Dovecot and Postfix write down the envelope's sender; a bounce has none.
  if (header('return-path')?.trim() === '<>') return 'null sender';
  if (
    /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+.-][^@]*)?@/i.test(
      header('from-address') ?? '',
    )
  )
    return 'a sender that takes no answer';
  return undefined;
}
