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
  for (const [start, end] of segments(strokes)) {
    const [rows, columns] = pixelsNear(start, end, reach, side);
    for (let row = rows.first; row <= rows.last; row++) {
      for (let column = columns.first; column <= columns.last; column++) {
        const index = row * side + column;
        nearest[index] = Math.min(nearest[index], distanceSquared(column + 0.5, row + 0.5, start, end));
      }
    }
  }
  const levels = Uint8Array.from(nearest, (squared) => {
    const coverage = Math.min(Math.max(reach - Math.sqrt(squared), 0), 1);
    return Math.floor(coverage * FULL_INK + 0.5);
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
  const [alongX, alongY] = [end[0] - start[0], end[1] - start[1]];
  const [fromX, fromY] = [x - start[0], y - start[1]];
  const lengthSquared = Math.max(alongX * alongX + alongY * alongY, 1e-12);
  const position = Math.min(Math.max((fromX * alongX + fromY * alongY) / lengthSquared, 0), 1);
  const [awayX, awayY] = [fromX - position * alongX, fromY - position * alongY];
  return awayX * awayX + awayY * awayY;
}

/** Each stroke's segments; a dot is a segment of length 0. */
export function* segments(strokes: readonly Stroke[]): Generator<readonly [Point, Point]> {
  for (const stroke of strokes) {
    if (stroke.length === 1) yield [stroke[0], stroke[0]];
    for (let i = 1; i < stroke.length; i++) yield [stroke[i - 1], stroke[i]];
  }
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function pixelsNear(start: Point, end: Point, reach: number, side: number): [rows: Range, columns: Range] {
  const range = (axis: 0 | 1): Range => ({
    first: Math.max(0, Math.floor(Math.min(start[axis], end[axis]) - reach - 0.5)),
    last: Math.min(side - 1, Math.ceil(Math.max(start[axis], end[axis]) + reach - 0.5)),
  });
  return [range(1), range(0)];
}
