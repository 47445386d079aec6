/** The drawing as a picture file. */

import { sheetWidth, type Strokes } from '../ink/drawing';
import { paintStrokes } from '../ui/paintStrokes';

const PICTURE_SIDE = 560; // px, its height

/** A PNG, dark ink on white paper whatever the theme. */
export async function pictureOf(strokes: Strokes, penWidth: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = PICTURE_SIDE * sheetWidth(strokes);
  canvas.height = PICTURE_SIDE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to draw on.');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  paintStrokes(context, strokes, PICTURE_SIDE, penWidth, 'black');
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('This browser made no picture of the drawing.'));
    });
  });
}
