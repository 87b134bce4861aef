/** Ways of writing a time that the language engine reads as something else, written as it reads them. Pure. */

/** @param isAgreed whether a time stands that the words may be relative to */
export function respelt(text: string, isAgreed: boolean): string {
  // 13-03-2026 is a day, never the digits of a telephone number.
  const days = text
    .replace(/\b(\d{1,2})[-.](\d{1,2})[-.](20\d{2})\b/g, '$1/$2/$3')
    // "Saturday, the last slot" is no Saturday that is over.
    .replace(/\b(?:the )?(?:last|latest|final) (?=(?:slot|appointment|one|time|batch)s?\b)/gi, '');
  if (!isAgreed) return days;
  return days
    .replace(/\ba (?=(?:day|week) (?:later|after|earlier|before)\b)/gi, 'one ')
    .replace(
      /\b((?:\d+|one|two|three|an|half an) (?:hours?|hrs?|minutes?|mins?|days?|weeks?)) before\b(?! \p{L}|\d)/giu,
      '$1 earlier',
    );
}
