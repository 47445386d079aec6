/** Simplifying: a stroke with fewer points that runs nearly the same way (Ramer, Douglas and Peucker). */

import { distanceSquared, type Stroke } from './strokes';

/** The stroke without the points that lie within `tolerance` of it as it is without them; its ends stay. */
export function simplified(stroke: Stroke, tolerance: number): Stroke {
  const kept = new Set([0, stroke.length - 1]);
  const spans: [number, number][] = [[0, stroke.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [first, last] = span;
    let [farthest, most] = [first, tolerance ** 2];
    for (let i = first + 1; i < last; i++) {
      const distance = distanceSquared(...stroke[i], stroke[first], stroke[last]);
      if (distance > most) [farthest, most] = [i, distance];
    }
    if (farthest === first) continue;
    kept.add(farthest);
    spans.push([first, farthest], [farthest, last]);
  }
  return stroke.filter((_, i) => kept.has(i));
}
