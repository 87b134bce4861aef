/** A form with files, as Telegram's libraries upload them. */
export type Part = { name: string; filename?: string; mime?: string; body: Buffer };

export function partsOf(raw: Buffer, contentType: string): Part[] {
  const boundary = /boundary=("?)([^";]+)\1/.exec(contentType)?.[2];
  if (!boundary) return [];
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = raw.indexOf(mark);
  while (at >= 0) {
    const next = raw.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = raw.subarray(at + mark.length + 2, next - 2);
    const end = part.indexOf('\r\n\r\n');
    if (end >= 0) {
      const head = part.subarray(0, end).toString('utf8');
      const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
      const filename = /filename="([^"]*)"/i.exec(head)?.[1];
      const mime = /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1];
      if (name !== undefined)
        parts.push({
          name,
          body: part.subarray(end + 4),
          ...(filename && { filename }),
          ...(mime && { mime }),
        });
    }
    at = next;
  }
  return parts;
}
