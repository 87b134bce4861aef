import type { Position } from './geometry.ts';

export function planeDistance(a: Position, b: Position): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

export function isInBox([x, y]: Position, [a, b]: readonly [Position, Position]): boolean {
  return (
    x >= Math.min(a[0], b[0]) &&
    x <= Math.max(a[0], b[0]) &&
    y >= Math.min(a[1], b[1]) &&
    y <= Math.max(a[1], b[1])
  );
}

/** What lies on a side is within. */
export function isInFlatPolygon([x, y]: Position, corners: readonly Position[]): boolean {
  let isInside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [corners[i]!, corners[j]!];
    const turn = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
    const isBetween =
      Math.min(x1, x2) <= x && x <= Math.max(x1, x2) && Math.min(y1, y2) <= y && y <= Math.max(y1, y2);
    if (turn === 0 && isBetween) return true;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside;
  }
  return isInside;
}
