/** Pictures made small: the way up that the camera says, and nothing unpacked that is there to fill the memory. */
import { describe, expect, it } from '@jest/globals';
import { Resvg } from '@resvg/resvg-js';
import { imageSize } from '../../src/render/image-size.ts';
import { thumbnail } from '../../src/render/thumbnail.ts';

/** 32 × 16 points, its left half red, its right half blue. */
const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQACADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAABwUG/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AigJbeI4BQHL/2Q==',
  'base64',
);
/** CIPA DC-008 (Exif 2.3), 4.6.4: big endian, one entry: orientation, a short. */
const turned = (orientation: number): Buffer => {
  const tiff = Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  const segment = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, segment.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, segment, jpeg.subarray(2)]);
};
/** What stands after the end of a picture is no part of it. */
const heavy = (picture: Buffer): Buffer => Buffer.concat([picture, Buffer.alloc(200_000)]);

/** The colour in the middle of each quarter: left above, right above, left below, right below. */
function quarters(png: Buffer): string[] {
  const { width, height } = imageSize(png)!;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  return [
    [1, 1],
    [3, 1],
    [1, 3],
    [3, 3],
  ].map(([x, y]) => {
    const at = (Math.floor((height * y!) / 4) * width + Math.floor((width * x!) / 4)) * 4;
    return pixels[at]! > pixels[at + 2]! ? 'red' : 'blue';
  });
}

describe('a picture made small', () => {
  it('reads the size and how the camera was held', () => {
    expect(imageSize(jpeg)).toEqual({ width: 32, height: 16, orientation: 1 });
    expect(imageSize(turned(6))).toEqual({ width: 32, height: 16, orientation: 6 });
    expect(imageSize(Buffer.from('GIF89a\x10\x00\x20\x00', 'latin1'))).toEqual({
      width: 16,
      height: 32,
      orientation: 1,
    });
    for (const nonsense of [
      Buffer.alloc(0),
      Buffer.from([0xff, 0xd8, 0xff]),
      Buffer.from('%PDF-1.7 and more'),
    ])
      expect(imageSize(nonsense)).toBeUndefined();
  });

  // Exif 2.3, 4.6.4 A: which side of the scene the 0th row and the 0th column of the picture show.
  it.each([
    [1, ['red', 'blue', 'red', 'blue']],
    [2, ['blue', 'red', 'blue', 'red']],
    [3, ['blue', 'red', 'blue', 'red']],
    [4, ['red', 'blue', 'red', 'blue']],
    [5, ['red', 'red', 'blue', 'blue']],
    [6, ['red', 'red', 'blue', 'blue']],
    [7, ['blue', 'blue', 'red', 'red']],
    [8, ['blue', 'blue', 'red', 'red']],
  ])('stands upright with orientation %s', async (orientation, colours) => {
    const png = (await thumbnail(heavy(turned(orientation)), 'image/jpeg'))!;
    expect(imageSize(png)).toMatchObject(
      orientation > 4 ? { width: 16, height: 32 } : { width: 32, height: 16 },
    );
    expect(quarters(png)).toEqual(colours);
  });

  it('leaves alone what is small, what cannot be read, and what would fill the memory', async () => {
    expect(await thumbnail(jpeg, 'image/jpeg')).toBeUndefined();
    expect(await thumbnail(heavy(Buffer.from('RIFF....WEBP')), 'image/webp')).toBeUndefined();
    const bomb = Buffer.from(jpeg);
    const frame = bomb.indexOf(Buffer.from([0xff, 0xc0]));
    bomb.writeUInt16BE(60_000, frame + 5);
    bomb.writeUInt16BE(60_000, frame + 7);
    expect(imageSize(bomb)).toMatchObject({ width: 60_000, height: 60_000 });
    expect(await thumbnail(heavy(bomb), 'image/jpeg')).toBeUndefined();
  });
});
