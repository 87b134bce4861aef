/** The text colour that can be read on the accent: whichever of white and ink contrasts more (WCAG 2 luminance). */
export function readableOn(hex: string): '#ffffff' | '#10201e' {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (luminance + 0.05) >= 4.5 || luminance < 0.18 ? '#ffffff' : '#10201e';
}
