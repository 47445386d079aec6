/** Hooks: the short way back that a pen leaves where it is lifted late, which belongs to no character. */

import { wayAlong } from './cutting';
import type { Point, Stroke } from './strokes';

const LONGEST = 0.45; // of the rest of the stroke, along the pen's way
const STRAIGHT = 0.85; // way as the crow flies by way, of the part that the hook goes back from
const BACK = -0.6; // the cosine of the turn at the corner; -1 is straight back

/**
 * `stroke` without the hook at its end, or undefined if there is none: where the pen turns back from a straight
 * part and goes only a short way. Removing hooks is usual in reading strokes (Tappert et al., "The State of the
 * Art in On-Line Handwriting Recognition", 1990).
 */
export function withoutHook(stroke: Stroke): Stroke | undefined {
  const way = wayAlong(stroke);
  const whole = way.at(-1) ?? 0;
  for (let corner = stroke.length - 2; corner > 0; corner--) {
    const [before, after] = [way[corner], whole - way[corner]];
    if (after > LONGEST * before) return undefined;
    const start = way.findIndex((at) => before - at <= 2 * after);
    const [coming, going] = [between(stroke[start], stroke[corner]), between(stroke[corner], stroke[stroke.length - 1])];
    const lengths = Math.hypot(...coming) * Math.hypot(...going);
    const isStraight = Math.hypot(...coming) >= STRAIGHT * (before - way[start]);
    if (lengths > 0 && isStraight && coming[0] * going[0] + coming[1] * going[1] <= BACK * lengths) {
      return stroke.slice(0, corner + 1);
    }
  }
  return undefined;
}

function between([x0, y0]: Point, [x1, y1]: Point): [number, number] {
  return [x1 - x0, y1 - y0];
}
