/** Splits a reply from what it quotes, so that the bot reads only what is new. Pure. */
export type Split = { fresh: string; quoted: string };

// What mail programs write above a quotation. Anchored to whole lines: "On Monday I wrote to you" is no heading.
const headings: RegExp[] = [
  /^\s*On\b.{4,240}\bwrote:\s*$/i,
  /^\s*Am\b.{4,240}\bschrieb\b.{0,120}:\s*$/i,
  /^\s*Le\b.{4,240}\ba écrit\s?:\s*$/i,
  /^\s*El\b.{4,240}\bescribió:\s*$/i,
  /^.{4,240}(ने लिखा|को लिखा)\s?:\s*$/,
  /^\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}.{4,200}<[^>\s]+@[^>\s]+>:?\s*$/,
  /^\s*-{2,}\s*(Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine|मूल संदेश)\s*-{2,}\s*$/i,
  /^\s*_{10,}\s*$/,
];
const outlookBlock = /^\s*\*?(From|Von|De|प्रेषक):\*?\s.+$/i;
const outlookSecond = /^\s*\*?(Sent|Date|Gesendet|Envoyé|To|Subject|Betreff|An|दिनांक):\*?\s/i;
const dated = /^\s*\*?(Sent|Date|Gesendet|Envoyé|दिनांक):/i;
const footers = [
  /^Sent from my \w[\w ]{1,30}\.?$/i,
  /^Get Outlook for \w+/i,
  /^Von meinem \w[\w ]{1,30} gesendet\.?$/i,
];

export function splitReply(text: string): Split {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const cut = firstQuoted(lines);
  const fresh = withoutFooter(lines.slice(0, cut)).join('\n').trim();
  const quoted = lines.slice(cut).join('\n').trim();
  // Whoever answers below what they quote would else be read as silent, or as repeating us.
  if (!fresh && quoted) {
    const own = lines.filter((line, index) => !line.startsWith('>') && !isHeading(lines, index));
    return { fresh: withoutFooter(own).join('\n').trim(), quoted };
  }
  const lead = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('>'));
  if (
    lead > 0 &&
    cut === lines.length &&
    lines.slice(0, lead).some((line) => line.startsWith('>')) &&
    !lines.slice(lead).some((line) => line.startsWith('>'))
  ) {
    return {
      fresh: withoutFooter(lines.slice(lead)).join('\n').trim(),
      quoted: lines.slice(0, lead).join('\n').trim(),
    };
  }
  return { fresh, quoted };
}

function firstQuoted(lines: string[]): number {
  for (let index = 0; index < lines.length; index++) {
    if (isHeading(lines, index)) return index;
    // A single quoted line in the middle may be meant; a block down to the end is the earlier mail.
    if (
      lines[index]!.startsWith('>') &&
      lines.slice(index).every((line) => line.startsWith('>') || line.trim() === '')
    )
      return index;
  }
  return lines.length;
}

function isHeading(lines: string[], index: number): boolean {
  const line = lines[index]!;
  // Long headings are wrapped: "On Mon, 23 Nov 2026 at 09:00, Somebody\n<somebody@example.com> wrote:".
  const joined = `${line} ${lines[index + 1] ?? ''}`;
  if (
    headings.some((heading) => heading.test(line)) ||
    (/^\s*(On|Am|Le|El)\b/.test(line) && headings.slice(0, 4).some((heading) => heading.test(joined)))
  )
    return true;
  // Two more header lines, one of them a date: else it may be a list of the customer's own.
  const next = lines.slice(index + 1, index + 5).filter((following) => outlookSecond.test(following));
  return outlookBlock.test(line) && next.length >= 2 && next.some((following) => dated.test(following));
}

function withoutFooter(lines: string[]): string[] {
  const signature = lines.findIndex((line) => line === '-- ' || line === '--');
  const kept = signature > 0 ? lines.slice(0, signature) : [...lines];
  while (
    kept.length &&
    (kept.at(-1)!.trim() === '' || footers.some((footer) => footer.test(kept.at(-1)!.trim())))
  )
    kept.pop();
  return kept;
}
