/** Cutting: where one stroke may run on from a character into the next. */

import type { Point, Stroke } from './strokes';

const MOST_CUTS = 5; // each makes more candidates to judge
const OVERLAP = 0.6; // of a character's size: a character reaches no further under the one before
const APART = 0.25; // of a character's size along the pen's way, between two cuts and to the ends
const POINTS = 96; // looked at in a stroke

/**
 * The places in `stroke` where it may be cut, ascending and neither its first nor its last point: where
 * what comes after lies right of what came before, as far as handwriting does.
 */
export function cutPlaces(stroke: Stroke, size: number): number[] {
  if (!(size > 0)) return [];
  const step = Math.max(1, Math.floor(stroke.length / POINTS));
  const [before, after] = [runningMost(stroke), runningLeast(stroke)];
  const way = wayAlong(stroke);
  const whole = way[way.length - 1];
  const overlap = (i: number) => before[i] - after[i];
  const inner = stroke.flatMap((_, i) =>
    i % step === 0 && way[i] >= APART * size && whole - way[i] >= APART * size ? [i] : [],
  );
  const turns = (i: number, k: number) => {
    const [y, yBefore, yAfter] = [stroke[i][1], stroke[inner[k - 1] ?? i][1], stroke[inner[k + 1] ?? i][1]];
    return (y - yBefore) * (yAfter - y) <= 0;
  };
  const isNarrow = (i: number, k: number) => overlap(i) <= Math.min(overlap(inner[k - 1] ?? i), overlap(inner[k + 1] ?? i));
  const places = inner.filter((i, k) => overlap(i) < OVERLAP * size && (turns(i, k) || isNarrow(i, k)));
  const chosen: number[] = [];
  for (const i of places.sort((a, b) => overlap(a) - overlap(b))) {
    if (chosen.length === MOST_CUTS) break;
    if (chosen.every((other) => Math.abs(way[other] - way[i]) >= APART * size)) chosen.push(i);
  }
  return chosen.sort((a, b) => a - b);
}

const cut = new WeakMap<Stroke, Map<string, readonly Stroke[]>>();

/** The parts of `stroke` between cuts; each begins where the one before ends. The same ones for the same cuts. */
export function cutAt(stroke: Stroke, places: readonly number[]): readonly Stroke[] {
  const known = cut.get(stroke) ?? new Map<string, readonly Stroke[]>();
  cut.set(stroke, known);
  const parts = known.get(places.join()) ?? partsBetween(stroke, places);
  known.set(places.join(), parts);
  return parts;
}

function partsBetween(stroke: Stroke, places: readonly number[]): Stroke[] {
  const ends = [0, ...places, stroke.length - 1];
  return ends.slice(1).map((end, i) => stroke.slice(ends[i], end + 1));
}

/** The length of the pen's way from the start to each point. */
export function wayAlong(stroke: Stroke): number[] {
  let length = 0;
  return stroke.map(([x, y], i) => {
    const [x0, y0]: Point = stroke[Math.max(0, i - 1)];
    length += Math.hypot(x - x0, y - y0);
    return length;
  });
}

function runningMost(stroke: Stroke): number[] {
  let most = -Infinity;
  return stroke.map(([x]) => (most = Math.max(most, x)));
}

function runningLeast(stroke: Stroke): number[] {
  let least = Infinity;
  return [...stroke]
    .reverse()
    .map(([x]) => (least = Math.min(least, x)))
    .reverse();
}
