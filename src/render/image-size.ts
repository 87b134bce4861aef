/** How large a picture is, read from its first bytes, and how it is to be turned: nothing is decoded for it. */

export type ImageSize = {
  width: number;
  height: number;
  /** Exif's orientation, 1 to 8: how the camera was held. */
  orientation: number;
};

/** @returns undefined for what is no JPEG, PNG or GIF, or does not say. */
export function imageSize(body: Buffer): ImageSize | undefined {
  try {
    if (body.readUInt32BE(0) === 0x89504e47 && body.toString('latin1', 12, 16) === 'IHDR')
      return { width: body.readUInt32BE(16), height: body.readUInt32BE(20), orientation: 1 };
    if (body.toString('latin1', 0, 4) === 'GIF8')
      return { width: body.readUInt16LE(6), height: body.readUInt16LE(8), orientation: 1 };
    return body.readUInt16BE(0) === 0xffd8 ? jpegSize(body) : undefined;
  } catch {
    // It ends in the middle of what it should say.
    return undefined;
  }
}

/** ITU T.81, B.1.1.4: segments one after another; a frame header has the size. */
function jpegSize(body: Buffer): ImageSize | undefined {
  let orientation = 1;
  for (let at = 2; at + 9 < body.length; ) {
    if (body[at] !== 0xff) return undefined;
    const marker = body[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = body.readUInt16BE(at + 2);
    if (marker === 0xe1) orientation = exifOrientation(body.subarray(at + 4, at + 2 + length)) ?? orientation;
    // Frame headers but for the tables (C4, CC) and the extension (C8) among them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: body.readUInt16BE(at + 7), height: body.readUInt16BE(at + 5), orientation };
    at += 2 + length;
  }
  return undefined;
}

/** Exif 2.3, 4.6: a TIFF header, then entries of twelve bytes; 0x0112 is the orientation. */
function exifOrientation(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let n = 0; n < short(first); n++) {
    const at = first + 2 + n * 12;
    if (short(at) !== 0x0112) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
