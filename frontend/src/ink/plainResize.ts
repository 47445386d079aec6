/** What a plain resize would have sent: the drawing box area-averaged to 28x28, without framing. */

import { type Pixels, resample, SIDE } from './framing';
import { drawStrokes, type Stroke } from './strokes';

const OVERSAMPLING = 6; // px of the drawn bitmap for one of the result

/** `penWidth` is in units of the drawing box. */
export function plainResize(strokes: readonly Stroke[], penWidth: number): Pixels {
  const side = SIDE * OVERSAMPLING;
  const inPixels = strokes.map((stroke) => stroke.map(([x, y]) => [x * side, y * side] as const));
  const bitmap = drawStrokes(inPixels, side, penWidth * side);
  return Uint8Array.from(resample(bitmap, SIDE, SIDE).levels);
}
