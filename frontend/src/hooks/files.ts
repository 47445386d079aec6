/** Files: what a person takes home from the page. */

import { traceStroke } from '../ink/curves';
import type { Strokes } from '../ink/drawing';

const PICTURE_SIDE = 560; // px

export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
}

/** The drawing as a PNG, dark ink on white paper whatever the theme. */
export async function pictureOf(strokes: Strokes, penWidth: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = PICTURE_SIDE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to draw on.');
  context.fillStyle = 'white';
  context.fillRect(0, 0, PICTURE_SIDE, PICTURE_SIDE);
  paint(context, strokes, PICTURE_SIDE, penWidth, 'black');
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('This browser made no picture of the drawing.'));
    });
  });
}

/** `penWidth` is in units of the drawing box, whose side is `side` px. */
export function paint(
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
