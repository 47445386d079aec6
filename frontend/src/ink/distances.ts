/** Distances between strokes, each measured once: a drawing grows by a stroke at a time, and the others stay. */

import { segmentsCross } from './erasing';
import { distanceSquared, endsOf, type Point, type Stroke } from './strokes';

const measured = new WeakMap<Stroke, WeakMap<Stroke, number>>();

/** The smallest distance between two strokes; 0 where they cross. Strokes never change. */
export function strokeDistance(a: Stroke, b: Stroke): number {
  const known = measured.get(a)?.get(b) ?? measured.get(b)?.get(a);
  if (known !== undefined) return known;
  const distance = measure(a, b);
  const fromA = measured.get(a) ?? new WeakMap<Stroke, number>();
  measured.set(a, fromA.set(b, distance));
  return distance;
}

function measure(a: Stroke, b: Stroke): number {
  let nearest = Infinity; // squared
  const [endsOfA, endsOfB] = [endsOf(a), endsOf(b)];
  for (let i = 0; i < endsOfA.length; i++) {
    for (let k = 0; k < endsOfB.length; k++) {
      const [startA, endA, startB, endB] = [a[i], endsOfA[i], b[k], endsOfB[k]];
      if (leastSquared(startA, endA, startB, endB) >= nearest) continue;
      if (segmentsCross(startA, endA, startB, endB)) return 0;
      nearest = Math.min(
        nearest,
        distanceSquared(startA[0], startA[1], startB, endB),
        distanceSquared(endA[0], endA[1], startB, endB),
        distanceSquared(startB[0], startB[1], startA, endA),
        distanceSquared(endB[0], endB[1], startA, endA),
      );
    }
  }
  return Math.sqrt(nearest);
}

/** No two points of the segments a-b and c-d are nearer, squared: so far apart are the rectangles around them. */
function leastSquared(a: Point, b: Point, c: Point, d: Point): number {
  const x = Math.max(Math.min(a[0], b[0]) - Math.max(c[0], d[0]), Math.min(c[0], d[0]) - Math.max(a[0], b[0]), 0);
  const y = Math.max(Math.min(a[1], b[1]) - Math.max(c[1], d[1]), Math.min(c[1], d[1]) - Math.max(a[1], b[1]), 0);
  return x * x + y * y;
}
