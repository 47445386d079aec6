/** Erasing: which strokes does an eraser touch? */

import { boundsOf, distanceSquared, endsOf, type Point, type Stroke } from './strokes';

/** The strokes that stay when an eraser moves from `from` to `to`; `radius` in units of the box. */
export function eraseAlong(
  strokes: readonly Stroke[],
  from: Point,
  to: Point,
  radius: number,
): readonly Stroke[] {
  const kept = strokes.filter((stroke) => !touches(stroke, from, to, radius));
  return kept.length === strokes.length ? strokes : kept;
}

function touches(stroke: Stroke, from: Point, to: Point, radius: number): boolean {
  const { left, top, right, bottom } = boundsOf([stroke]);
  const near =
    Math.max(from[0], to[0]) > left - radius &&
    Math.min(from[0], to[0]) < right + radius &&
    Math.max(from[1], to[1]) > top - radius &&
    Math.min(from[1], to[1]) < bottom + radius;
  if (!near) return false;
  return endsOf(stroke).some((end, i) => segmentsWithin(stroke[i], end, from, to, radius));
}

function segmentsWithin(a: Point, b: Point, c: Point, d: Point, radius: number): boolean {
  const ends = [
    distanceSquared(...a, c, d),
    distanceSquared(...b, c, d),
    distanceSquared(...c, a, b),
    distanceSquared(...d, a, b),
  ];
  return Math.min(...ends) <= radius * radius || segmentsCross(a, b, c, d);
}

/** Whether two segments cross in a point that is inside both. */
export function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function side(a: Point, b: Point, p: Point): number {
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}
