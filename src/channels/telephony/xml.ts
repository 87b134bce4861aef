/** TwiML's outermost element, and text as XML takes it. */
export const twiml = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`;

export const xml = (text: string): string =>
  text
    // Control characters are no XML at all, not even escaped.
    .replace(/\p{Cc}/gu, (sign) => ('\n\t'.includes(sign) ? sign : ''))
    .replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
