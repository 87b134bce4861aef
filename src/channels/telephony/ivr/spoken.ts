/** A text that was written to be read, as it is spoken: without signs, pictures and addresses. Pure. */
export function spoken(text: string): string {
  return text
    .replace(/https?:\/\/\S+/g, '')
    .replace(/[*_~`#]+/g, '')
    .replace(/\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u200d|\ufe0f/gu, '')
    .replace(/^[ \t]*(?:[-•–]|\d+[.)])[ \t]+/gm, '')
    .replace(/₹ ?([\d,.]*\d)/g, '$1 rupees')
    .replace(
      /\bT-(\d{4})-(\d+)\b/g,
      (_, year: string, number: string) => `T ${year} ${[...number].join(' ')}`,
    )
    .replace(/\+(\d{7,15})\b/g, (_, digits: string) => [...digits].join(' '))
    .replace(/[“”"]/g, '')
    .replace(/([.!?:;,])?[ \t]*\n+[ \t]*/g, (_, sign?: string) => (sign ? `${sign} ` : '. '))
    .replace(/[ \t]+/g, ' ')
    .trim()
    .slice(0, 3000);
}
