/** Paints strokes as they look on paper. */

import { traceStroke } from '../ink/curves';
import type { Strokes } from '../ink/drawing';

/** `penWidth` is in units of the drawing box, whose height is `side` px. */
export function paintStrokes(
  context: CanvasRenderingContext2D,
  strokes: Strokes,
  side: number,
  penWidth: number,
  ink: string,
): void {
  context.lineCap = context.lineJoin = 'round';
  context.lineWidth = penWidth * side;
  context.strokeStyle = ink;
  for (const stroke of strokes) {
    context.beginPath();
    traceStroke(context, stroke, side);
    context.stroke();
  }
}
