/** Lines: which strokes stand side by side, from the top line to the bottom one. */

import { strokeDistance } from './distances';
import { type Bounds, boundsOf, type Stroke } from './strokes';

const TALL = 0.6; // of the usual height: what is lower is a bar, a roof or a dot, and goes with its neighbour
const SHARED = 0.3; // of the lower stroke's height, for two strokes to stand on one line
const TYPICAL = 0.8; // the quantile of heights that stands for a whole character's
const FLAT = 0.4; // a stroke counts as at least this share of its width high

/** The height of a character among `strokes`, in their units; 0 for nothing or a single dot. */
export function characterSize(strokes: readonly Stroke[]): number {
  const heights = strokes.map(heightOf).sort((a, b) => a - b);
  return heights.length > 0 ? heights[Math.floor(TYPICAL * (heights.length - 1) + 0.5)] : 0;
}

/**
 * The strokes of each line by their places in `strokes`, in the order they were drawn; lines from the top
 * to the bottom. Every stroke is in exactly one line.
 */
export function linesOf(strokes: readonly Stroke[]): number[][] {
  const size = characterSize(strokes);
  const places = strokes.map((_, i) => i);
  const bounds = strokes.map((stroke) => boundsOf([stroke]));
  const tall = places.filter((i) => heightOf(strokes[i]) >= TALL * size);
  const lines = joined(tall, (i, j) => standTogether(bounds[i], bounds[j]));
  for (const i of places) {
    if (tall.includes(i)) continue;
    const nearest = least(tall, (j) => strokeDistance(strokes[i], strokes[j]));
    lines.find((line) => line.includes(nearest))?.push(i);
  }
  const middle = (line: readonly number[]) =>
    line.reduce((sum, i) => sum + bounds[i].top + bounds[i].bottom, 0) / line.length;
  return lines.map((line) => line.sort((a, b) => a - b)).sort((a, b) => middle(a) - middle(b));
}

function heightOf(stroke: Stroke): number {
  const { left, top, right, bottom } = boundsOf([stroke]);
  return Math.max(bottom - top, FLAT * (right - left));
}

function standTogether(a: Bounds, b: Bounds): boolean {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return shared >= SHARED * Math.min(a.bottom - a.top, b.bottom - b.top);
}

/** The items in sets such that any two that belong together are in the same one. */
export function joined(items: readonly number[], belong: (a: number, b: number) => boolean): number[][] {
  let sets: number[][] = [];
  for (const item of items) {
    const [near, far] = [true, false].map((wanted) =>
      sets.filter((set) => set.some((other) => belong(item, other)) === wanted),
    );
    sets = [...far, [...near.flat(), item]];
  }
  return sets;
}

function least(items: readonly number[], measure: (item: number) => number): number {
  const measures = items.map(measure);
  return items[measures.indexOf(Math.min(...measures))];
}
