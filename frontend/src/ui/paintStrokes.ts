/** Paints strokes as they look on paper. */

import { traceStroke } from '../ink/curves';
import type { Strokes } from '../ink/drawing';
import { widthsOf } from '../ink/pressure';
import type { Point, Stroke } from '../ink/strokes';

/** `penWidth` is in units of the drawing box, whose height is `side` px. */
export function paintStrokes(
  context: CanvasRenderingContext2D,
  strokes: Strokes,
  side: number,
  penWidth: number,
  ink: string,
): void {
  context.lineCap = context.lineJoin = 'round';
  context.strokeStyle = ink;
  for (const stroke of strokes) {
    const widths = widthsOf(stroke);
    if (widths) {
      paintPieces(context, stroke, widths, side, penWidth, 0, stroke.length);
      continue;
    }
    context.lineWidth = penWidth * side;
    context.beginPath();
    traceStroke(context, stroke, side);
    context.stroke();
  }
}

/**
 * Paints those pieces of a stroke that bend towards its points from `first` to before `end`, each as wide as the pen
 * was there. Together all pieces are the path of `traceStroke`.
 */
export function paintPieces(
  context: CanvasRenderingContext2D,
  stroke: Stroke,
  widths: readonly number[],
  side: number,
  penWidth: number,
  first: number,
  end: number,
): void {
  const at = (i: number): Point => [stroke[i][0] * side, stroke[i][1] * side];
  const between = (i: number): Point => {
    const [a, b] = [at(i), at(i + 1)];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  };
  const last = stroke.length - 1;
  for (let i = first; i < end; i++) {
    context.lineWidth = penWidth * side * widths[i];
    context.beginPath();
    context.moveTo(...(i === 0 ? at(0) : between(i - 1)));
    if (i === 0 || i === last) context.lineTo(...(i === last ? at(i) : between(i)));
    else context.quadraticCurveTo(...at(i), ...between(i));
    context.stroke();
  }
}
