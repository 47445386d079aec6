/**
 * Strokes to ink: pen strokes are drawn again at the size that the model reads.
 *
 * Twin of `model_training/strokes.py`, which explains why; both read
 * `model_training/tests/golden_cases.json`.
 */

import { BOX, frame, FULL_INK, type Ink, type Pixels, SIDE } from './framing';

export const PEN_WIDTH = 2.4; // px at the normalised size; MNIST's mean ink per image is met here
const DOT_EXTENT = 0.02; // of the drawing box: a shaky tap is a dot, not a tiny drawing to enlarge

/** x to the right and y down, in units of the drawing box: its side is 1; points may lie outside. */
export type Point = readonly [x: number, y: number];

/** Pointer down to pointer up. One point is a dot. */
export type Stroke = readonly Point[];

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The framed image of a drawing; empty for no strokes. */
export function frameStrokes(strokes: readonly Stroke[], penWidth = PEN_WIDTH): Pixels {
  return frame(drawStrokes(normaliseStrokes(strokes, penWidth), BOX, penWidth));
}

/**
 * Scale and move strokes so that, drawn with `penWidth` px, the longer side of their ink is 20 px and
 * its top left corner is at (0, 0). A drawing smaller than a dot becomes a dot.
 */
export function normaliseStrokes(strokes: readonly Stroke[], penWidth = PEN_WIDTH): Stroke[] {
  const kept = strokes.filter((stroke) => stroke.length > 0);
  if (kept.length === 0) return [];
  const { left, top, right, bottom } = boundsOf(kept);
  if (![left, top, right, bottom].every(Number.isFinite)) {
    throw new RangeError('a stroke must hold finite numbers');
  }
  const extent = Math.max(right - left, bottom - top);
  const edge = penWidth / 2;
  if (extent < DOT_EXTENT) return [[[edge, edge]]];
  const scale = (BOX - penWidth) / extent;
  return kept.map((stroke) =>
    stroke.map(([x, y]): Point => [(x - left) * scale + edge, (y - top) * scale + edge]),
  );
}

/**
 * Draw strokes, in px, with a round anti-aliased pen on a side x side ink bitmap. A pixel's level is
 * 255 * clamp(penWidth / 2 + 0.5 - d), d the distance from its centre to the nearest segment.
 */
export function drawStrokes(strokes: readonly Stroke[], side = SIDE, penWidth = PEN_WIDTH): Ink {
  const reach = penWidth / 2 + 0.5;
  const nearest = new Float64Array(side * side).fill(Infinity); // squared distances
  for (const stroke of strokes) {
    endsOf(stroke).forEach((end, i) => {
      bringNearer(nearest, side, reach, stroke[i], end);
    });
  }
  const levels = new Uint8Array(side * side);
  nearest.forEach((squared, i) => {
    const coverage = Math.min(Math.max(reach - Math.sqrt(squared), 0), 1);
    levels[i] = Math.floor(coverage * FULL_INK + 0.5);
  });
  return { height: side, width: side, levels };
}

/** The smallest upright rectangle around all points; infinite where there is none. */
export function boundsOf(strokes: readonly Stroke[]): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (const [x, y] of stroke) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, right, bottom };
}

/** Squared distance from (x, y) to the segment from `start` to `end`. */
export function distanceSquared(x: number, y: number, start: Point, end: Point): number {
  const alongX = end[0] - start[0];
  const alongY = end[1] - start[1];
  const fromX = x - start[0];
  const fromY = y - start[1];
  const lengthSquared = Math.max(alongX * alongX + alongY * alongY, 1e-12);
  const position = Math.min(Math.max((fromX * alongX + fromY * alongY) / lengthSquared, 0), 1);
  const awayX = fromX - position * alongX;
  const awayY = fromY - position * alongY;
  return awayX * awayX + awayY * awayY;
}

/** The end points of a stroke's segments, the i-th of which starts at its i-th point; a dot ends on itself. */
export function endsOf(stroke: Stroke): Stroke {
  return stroke.length === 1 ? stroke : stroke.slice(1);
}

/** Lower the distances of those pixels that a segment's pen can reach. */
function bringNearer(nearest: Float64Array, side: number, reach: number, start: Point, end: Point): void {
  const first = (a: number, b: number) => Math.max(0, Math.floor(Math.min(a, b) - reach - 0.5));
  const last = (a: number, b: number) => Math.min(side - 1, Math.ceil(Math.max(a, b) + reach - 0.5));
  const [left, right] = [first(start[0], end[0]), last(start[0], end[0])];
  const [top, bottom] = [first(start[1], end[1]), last(start[1], end[1])];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const squared = distanceSquared(column + 0.5, row + 0.5, start, end);
      const index = row * side + column;
      if (squared < nearest[index]) nearest[index] = squared;
    }
  }
}
