/** A picture made small enough for a list, by the library that draws charts: what a phone takes is megabytes. */
import { imageSize } from './image-size.ts';

/** Twice what the inbox shows, for screens that show two points as one. */
const longest = 640;
/** A smaller file is its own preview. */
const worthBytes = 120_000;
/** A picture of more points is not unpacked: it may be made to fill the memory. */
const mostPoints = 50_000_000;

/** Unpacking takes much memory for a moment: one picture at a time. */
let before: Promise<unknown> = Promise.resolve();

/** @returns PNG; undefined where the picture is its own preview, or cannot be read. */
export function thumbnail(body: Buffer, mime: string): Promise<Buffer | undefined> {
  const made = before.then(() => make(body, mime)).catch(() => undefined);
  before = made;
  return made;
}

async function make(body: Buffer, mime: string): Promise<Buffer | undefined> {
  const size = body.length > worthBytes ? imageSize(body) : undefined;
  if (!size?.width || !size.height || size.width * size.height > mostPoints) return undefined;
  const scale = Math.min(1, longest / Math.max(size.width, size.height));
  const [width, height] = [size.width * scale, size.height * scale].map((side) =>
    Math.max(1, Math.round(side)),
  );
  const isTurned = size.orientation > 4;
  const [across, down] = isTurned ? [height, width] : [width, height];
  const picture = `<image width="${width}" height="${height}" preserveAspectRatio="none" transform="${turns(width!, height!)[size.orientation]}" href="data:${mime};base64,${body.toString('base64')}"/>`;
  const { renderAsync } = await import('@resvg/resvg-js');
  const drawn = await renderAsync(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}">${picture}</svg>`,
    { font: { loadSystemFonts: false }, logLevel: 'off' },
  );
  return drawn.asPng();
}

/** What undoes each of Exif's orientations. */
const turns = (width: number, height: number): Record<number, string> => ({
  1: '',
  2: `matrix(-1 0 0 1 ${width} 0)`,
  3: `matrix(-1 0 0 -1 ${width} ${height})`,
  4: `matrix(1 0 0 -1 0 ${height})`,
  5: 'matrix(0 1 1 0 0 0)',
  6: `matrix(0 1 -1 0 ${height} 0)`,
  7: `matrix(0 -1 -1 0 ${height} ${width})`,
  8: `matrix(0 -1 1 0 0 ${width})`,
});
